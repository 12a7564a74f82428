package io.cxmetrics.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cxmetrics.Estimate;
import io.cxmetrics.scorecard.Change;
import io.cxmetrics.scorecard.Changes;
import io.cxmetrics.stats.Comparison;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Comparisons and the changes of a scorecard as JSON, for other programs: full precision and base units. What is undefined is
 * left out; an interval that is not bounded says so. Written only: whoever has the two results compares them again.
 *
 * @since 0.1
 */
public final class ComparisonJson {

    private ComparisonJson() {}

    /**
     * Writes a comparison.
     *
     * @param comparison the comparison
     * @param level the confidence level of the intervals and of the sentence, strictly between 0 and 1
     * @return the text of a JSON object
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public static String write(Comparison comparison, double level) {
        return JsonText.write(json -> {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            members(json, comparison, level);
            json.writeStringField(
                    "sentence", comparison.sentence(comparison.kpi().name(), level, Locale.ROOT));
            json.writeEndObject();
        });
    }

    /**
     * Writes the changes of a scorecard, smallest p first.
     *
     * @param changes the changes
     * @return the text of a JSON object
     */
    public static String write(Changes changes) {
        return JsonText.write(json -> {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeStringField("correction", word(changes.correction()));
            json.writeNumberField("level", changes.level());
            json.writeNumberField("compared", changes.all().size());
            json.writeNumberField("untested", changes.untested());
            json.writeArrayFieldStart("sentences");
            for (String sentence : changes.sentences(Locale.ROOT)) {
                json.writeString(sentence);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("changes");
            for (Change change : changes.all()) {
                json.writeStartObject();
                ResultJson.write(json, change.cell());
                members(json, change.comparison(), changes.level());
                json.writeNumberField("adjustedP", change.adjustedP());
                json.writeBooleanField("survives", change.survives());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void members(JsonGenerator json, Comparison comparison, double level) throws IOException {
        json.writeStringField("kpi", comparison.kpi().id());
        json.writeStringField("name", comparison.kpi().name());
        json.writeStringField("unit", comparison.kpi().unit().toString());
        json.writeStringField("direction", word(comparison.kpi().direction()));
        side(json, "before", comparison.before(), level);
        side(json, "after", comparison.after(), level);
        number(json, "difference", comparison.difference());
        ResultJson.write(json, "interval", comparison.interval(level));
        if (comparison.relativeChange().isPresent()) {
            number(json, "relativeChange", comparison.relativeChange());
            ResultJson.write(json, "relativeInterval", comparison.relativeInterval(level));
        }
        number(json, "p", comparison.pValue());
        json.writeStringField("test", comparison.test());
    }

    private static void side(JsonGenerator json, String name, Estimate estimate, double level) throws IOException {
        json.writeObjectFieldStart(name);
        number(json, "value", estimate.value());
        json.writeNumberField("n", estimate.counts().used());
        ResultJson.write(json, "interval", estimate.interval(level));
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, OptionalDouble number) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(name, number.getAsDouble());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
