/**
 * Objectives and key results, measured by KPIs.
 */
@SuppressWarnings("requires-automatic") // commons-math3 has no module descriptor
module io.cxmetrics.okr {
    requires transitive io.cxmetrics.core;
    requires commons.math3;
    requires static org.jspecify;

    exports io.cxmetrics.okr;
    exports io.cxmetrics.okr.evaluation;
    exports io.cxmetrics.okr.forecast;
    exports io.cxmetrics.okr.json;
    exports io.cxmetrics.okr.priority;
    exports io.cxmetrics.okr.tracking;
}
