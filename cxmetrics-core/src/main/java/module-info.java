/**
 * KPIs as values over named fields, and the mergeable statistics that answer them.
 */
@SuppressWarnings("requires-automatic") // commons-math3 has no module descriptor
module io.cxmetrics.core {
    requires com.fasterxml.jackson.core;
    requires commons.math3;
    requires static org.jspecify;
    requires transitive java.sql;

    exports io.cxmetrics;
    exports io.cxmetrics.field;
    exports io.cxmetrics.source;
    exports io.cxmetrics.stats;
    exports io.cxmetrics.time;
    exports io.cxmetrics.scorecard;
    exports io.cxmetrics.state;
    exports io.cxmetrics.sql;
    exports io.cxmetrics.json;
    exports io.cxmetrics.survey;
    exports io.cxmetrics.bot;
    exports io.cxmetrics.contact;
    exports io.cxmetrics.callback;
    exports io.cxmetrics.people;
    exports io.cxmetrics.sales;
    exports io.cxmetrics.money;
    exports io.cxmetrics.journey;
}
