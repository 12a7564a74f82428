package io.cxmetrics.spark;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Fields;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.spark.SparkRows.At;
import io.cxmetrics.spark.SparkRows.Slot;
import io.cxmetrics.state.State;
import io.cxmetrics.time.Grain;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * What a task computes: the scorecard of some definitions, or one of its KPIs without dimensions and periods. It travels to
 * the executors as JSON. Thread-safe; equal if it computes the same from the same columns.
 */
final class Card implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String json;
    private final @Nullable String kpi;
    /** The word of the periods, if they are not those of the definitions. */
    private final @Nullable String every;

    @SuppressWarnings("serial") // The unmodifiable lists of Java can be.
    private final List<Slot> slots;

    private transient volatile @Nullable Scorecard<At> scorecard;

    private Card(String json, @Nullable String kpi, @Nullable String every, List<Slot> slots) {
        this.json = json;
        this.kpi = kpi;
        this.every = every;
        this.slots = List.copyOf(slots);
    }

    static Definitions definitions(String json) {
        return Definitions.parse("definitions", json);
    }

    static Definitions definitions(String json, @Nullable Grain every) {
        return every == null ? definitions(json) : definitions(json).every(every);
    }

    /** The scorecard, or one KPI, over columns of such types. */
    static Card of(String json, @Nullable String kpi, Map<String, DataType> types) {
        return of(json, kpi, null, types);
    }

    /** The scorecard with other periods than those of the definitions. */
    static Card of(String json, @Nullable String kpi, @Nullable Grain every, Map<String, DataType> types) {
        Definitions definitions = definitions(json, every);
        Card card = new Card(
                json,
                kpi,
                every == null ? null : every.word(),
                SparkFields.slots(definitions.mapping(), columns(definitions, kpi), types));
        // What is wrong with the definitions is said here, not by a task.
        card.scorecard();
        return card;
    }

    /** The columns that the scorecard, or one KPI, reads, in the order of the source's fields. */
    static List<String> columns(Definitions definitions, @Nullable String kpi) {
        return kpi == null
                ? definitions.columns()
                : definitions
                        .mapping()
                        .columns(kpi(definitions, kpi).fields().stream()
                                .map(field -> field.name())
                                .toList());
    }

    static Kpi<?> kpi(Definitions definitions, String id) {
        Kpi<?> kpi = definitions.kpis().get(id);
        if (kpi == null) {
            throw new IllegalArgumentException("the definitions have no KPI '" + id + "'"
                    + DidYouMean.suffix(id, definitions.kpis().keySet()) + "; they have "
                    + definitions.kpis().keySet());
        }
        return kpi;
    }

    /** In what forms the columns are read. */
    List<Slot> slots() {
        return slots;
    }

    /** The scorecard; made once in each copy of this object. */
    Scorecard<At> scorecard() {
        Scorecard<At> made = scorecard;
        if (made == null) {
            Definitions definitions = definitions(json, every == null ? null : Grain.parse(every));
            if (definitions.isLinked()) {
                throw new IllegalStateException("the source has a \"link\", so that rows must meet the rows of the same"
                        + " key, which functions and jobs tear apart; use CxSpark.query");
            }
            Fields<At> fields = SparkFields.of(definitions.mapping(), slots);
            made = kpi == null
                    ? definitions.scorecard(fields)
                    : Scorecard.over(fields).kpis(kpi(definitions, kpi));
            scorecard = made;
        }
        return made;
    }

    /** Reads the stored form of a result of these KPIs, by whatever dimensions and periods. */
    ScorecardResult read(byte[] state) {
        return State.read(scorecard().shape().kpis(), state);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Card card
                && json.equals(card.json)
                && Objects.equals(kpi, card.kpi)
                && Objects.equals(every, card.every)
                && slots.equals(card.slots);
    }

    @Override
    public int hashCode() {
        return Objects.hash(json, kpi, every, slots);
    }

    @Override
    public String toString() {
        return kpi == null ? "scorecard" : kpi;
    }
}
