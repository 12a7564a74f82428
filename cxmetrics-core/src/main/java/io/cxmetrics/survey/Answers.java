package io.cxmetrics.survey;

import io.cxmetrics.field.Condition;
import io.cxmetrics.field.Field;
import io.cxmetrics.field.Linker;

/**
 * Which of the answers that one person gave count. The choice belongs to the KPI's identity:
 *
 * <pre>{@code
 * Linkage<Answer> linked = Linker.over(answers).by("customer").at("answered-at").link(list);
 * SurveyKpis.nps().where(Answers.LATEST.condition()).of(linked.fields(), linked.events());
 * }</pre>
 *
 * <p>{@link #FIRST} and {@link #LATEST} read the fields of a {@link Linker}; answers of an unknown person are missing there.
 * With {@link #ALL}, several answers of one person are not independent, and intervals are too short.
 *
 * @since 0.1
 */
public enum Answers {
    /** Every answer counts. */
    ALL,
    /** The first answer of each person counts. */
    FIRST,
    /** The latest answer of each person counts. */
    LATEST;

    /**
     * The condition for {@link io.cxmetrics.Kpi#where}.
     *
     * @return the condition over the linked fields
     */
    public Condition condition() {
        return switch (this) {
            case ALL -> Condition.always();
            case FIRST -> Field.whole(Linker.OCCURRENCE).is(1L);
            case LATEST ->
                Field.whole(Linker.OCCURRENCE)
                        .ge(1L)
                        .and(Field.duration(Linker.TIME_TO_NEXT).isMissing());
        };
    }
}
