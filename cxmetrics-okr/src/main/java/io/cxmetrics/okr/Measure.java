package io.cxmetrics.okr;

import io.cxmetrics.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What measures a key result: a KPI over the rows of a touchpoint or segment and a window of days, or check-ins, that is,
 * people or other systems who say the value. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Measure permits Measure.ByKpi, Measure.ByCheckIns {
    /** The name of the dimension that tells the touchpoint. */
    String TOUCHPOINT = "touchpoint";

    /**
     * A KPI measures it.
     *
     * @param kpi the id of a KPI of the plan
     * @param touchpoint the id of a touchpoint of the plan, which the dimension {@value Measure#TOUCHPOINT} of the data
     *     names; null for all
     * @param segment further dimensions of the data and the value wanted of each
     * @param window the days
     */
    record ByKpi(String kpi, @Nullable String touchpoint, Map<String, String> segment, Window window)
            implements Measure {

        /**
         * Copies the segment.
         *
         * @throws IllegalArgumentException if the segment names the touchpoint or a dimension without a name
         */
        public ByKpi {
            segment = Collections.unmodifiableMap(new LinkedHashMap<>(segment));
            if (segment.containsKey(TOUCHPOINT) || segment.containsKey("")) {
                throw new IllegalArgumentException(
                        "a segment names dimensions other than the touchpoint; found " + segment);
            }
        }

        /**
         * This measure at one touchpoint.
         *
         * @param id the id of a touchpoint of the plan
         * @return the measure
         */
        public ByKpi at(String id) {
            return new ByKpi(kpi, id, segment, window);
        }

        /**
         * This measure where a dimension has a value.
         *
         * @param dimension the name of a dimension of the data
         * @param value its value
         * @return the measure
         */
        public ByKpi where(String dimension, String value) {
            Map<String, String> more = new LinkedHashMap<>(segment);
            more.put(dimension, value);
            return new ByKpi(kpi, touchpoint, more, window);
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

    /**
     * Check-ins measure it: the latest one in the cycle counts.
     *
     * @param unit the unit of the values
     */
    record ByCheckIns(Unit unit) implements Measure {}

    /**
     * A KPI over all rows of a window.
     *
     * @param kpi the id of a KPI of the plan
     * @param window the days
     * @return the measure
     */
    static ByKpi of(String kpi, Window window) {
        return new ByKpi(kpi, null, Map.of(), window);
    }

    /**
     * Check-ins with plain numbers; also for milestones and what is done or not.
     *
     * @return the measure
     */
    static ByCheckIns checkIns() {
        return checkIns(Unit.NUMBER);
    }

    /**
     * Check-ins with values of a unit.
     *
     * @param unit the unit
     * @return the measure
     */
    static ByCheckIns checkIns(Unit unit) {
        return new ByCheckIns(unit);
    }
}
