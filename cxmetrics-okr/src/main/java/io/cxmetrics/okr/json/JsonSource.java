package io.cxmetrics.okr.json;

import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.okr.PlanSource;

/** The JSON that a plan was read from, for writing it back in its order. */
record JsonSource(LocatedJson document) implements PlanSource {
    @Override
    public String name() {
        return document.source();
    }
}
