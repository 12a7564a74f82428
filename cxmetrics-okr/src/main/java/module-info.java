/**
 * Objectives and key results, measured by KPIs.
 */
module io.cxmetrics.okr {
    requires transitive io.cxmetrics.core;
    requires static org.jspecify;

    exports io.cxmetrics.okr;
    exports io.cxmetrics.okr.evaluation;
    exports io.cxmetrics.okr.json;
    exports io.cxmetrics.okr.tracking;
}
