package io.cxmetrics.okr;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What measures a key result: a KPI, over the rows of a touchpoint or segment, over a window of days. Immutable and
 * thread-safe.
 *
 * @param kpi the id of a KPI of the plan
 * @param touchpoint the id of a touchpoint of the plan, which the dimension {@value #TOUCHPOINT} of the data names; null
 *     for all
 * @param segment further dimensions of the data and the value wanted of each
 * @param window the days
 * @since 0.1
 */
public record Measure(String kpi, @Nullable String touchpoint, Map<String, String> segment, Window window) {
    /** The name of the dimension that tells the touchpoint. */
    public static final String TOUCHPOINT = "touchpoint";

    /**
     * Copies the segment.
     *
     * @throws IllegalArgumentException if the segment names the touchpoint or a dimension without a name
     */
    public Measure {
        segment = Collections.unmodifiableMap(new LinkedHashMap<>(segment));
        if (segment.containsKey(TOUCHPOINT) || segment.containsKey("")) {
            throw new IllegalArgumentException(
                    "a segment names dimensions other than the touchpoint; found " + segment);
        }
    }

    /**
     * A KPI over all rows of a window.
     *
     * @param kpi the id of a KPI of the plan
     * @param window the days
     * @return the measure
     */
    public static Measure of(String kpi, Window window) {
        return new Measure(kpi, null, Map.of(), window);
    }

    /**
     * This measure at one touchpoint.
     *
     * @param id the id of a touchpoint of the plan
     * @return the measure
     */
    public Measure at(String id) {
        return new Measure(kpi, id, segment, window);
    }

    /**
     * This measure where a dimension has a value.
     *
     * @param dimension the name of a dimension of the data
     * @param value its value
     * @return the measure
     */
    public Measure where(String dimension, String value) {
        Map<String, String> more = new LinkedHashMap<>(segment);
        more.put(dimension, value);
        return new Measure(kpi, touchpoint, more, window);
    }

    /**
     * The touchpoint and the segment together.
     *
     * @return the wanted value by dimension
     */
    public Map<String, String> filter() {
        Map<String, String> filter = new LinkedHashMap<>();
        if (touchpoint != null) {
            filter.put(TOUCHPOINT, touchpoint);
        }
        filter.putAll(segment);
        return Collections.unmodifiableMap(filter);
    }
}
