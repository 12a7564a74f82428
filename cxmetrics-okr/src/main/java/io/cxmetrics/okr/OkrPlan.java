package io.cxmetrics.okr;

import io.cxmetrics.Kpi;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.Stage;
import io.cxmetrics.journey.Touchpoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objectives with everything they refer to: KPIs, journeys, and the time zone whose days count. Immutable and thread-safe.
 *
 * <pre>{@code
 * OkrPlan plan = OkrPlan.of(
 *         ZoneId.of("Europe/Helsinki"),
 *         List.of(duration),
 *         List.of(Journey.of("web-shop", "Web shop", Touchpoint.of("payment", "Payment"))),
 *         List.of(Objective.of(
 *                 "faster-buying",
 *                 "Offer a faster buying experience",
 *                 Cycle.parse("2026-Q1"),
 *                 KeyResult.of(
 *                         "shorter-purchase",
 *                         "Average purchase duration falls from 5 to 3 minutes",
 *                         Target.decrease(300, 180),
 *                         Measure.of("purchase-duration", Window.lastComplete(Grain.MONTH))))));
 * }</pre>
 *
 * <p>Two plans are equal if they mean the same; the source does not count.
 *
 * @param timeZone the time zone whose days count
 * @param fiscalYear when the year begins of which quarters and years are told
 * @param statusRule how a status is computed
 * @param silenced the {@linkplain Lint lint} warnings that are not to be given: codes such as {@code no-owner}, or a code and
 *     the id of one part such as {@code no-owner:faster-buying}
 * @param kpis the KPIs by id
 * @param journeys the journeys
 * @param objectives the objectives
 * @param source where the plan was read from, or null
 * @since 0.1
 */
public record OkrPlan(
        ZoneId timeZone,
        FiscalYear fiscalYear,
        StatusRule statusRule,
        Set<String> silenced,
        Map<String, Kpi<?>> kpis,
        List<Journey> journeys,
        List<Objective> objectives,
        @Nullable PlanSource source) {

    /**
     * Copies the collections and checks that what is referred to is there.
     *
     * @throws IllegalArgumentException naming everything that is wrong: ids given twice (touchpoints, key results and
     *     initiatives have ids of their own in the whole plan), unknown KPIs, touchpoints, journeys, key results or
     *     objectives, objectives that are above each other in a circle, or made of children that they do not have, journeys
     *     that detail each other in a circle
     */
    public OkrPlan {
        Objects.requireNonNull(timeZone, "timeZone");
        Objects.requireNonNull(fiscalYear, "fiscalYear");
        Objects.requireNonNull(statusRule, "statusRule");
        silenced = Collections.unmodifiableSet(new LinkedHashSet<>(silenced));
        kpis = Collections.unmodifiableMap(new LinkedHashMap<>(kpis));
        journeys = List.copyOf(journeys);
        objectives = List.copyOf(objectives);
        List<String> wrong = new ArrayList<>();
        kpis.forEach((id, kpi) -> {
            if (!kpi.id().equals(id) || id.startsWith("x-")) {
                wrong.add("KPI '" + kpi.id() + "' is registered as '" + id
                        + "'; it goes by its own id, which does not begin with x-");
            }
        });
        unique("journey", journeys.stream().map(Journey::id), wrong);
        List<String> touchpoints = touchpoints(journeys).map(Touchpoint::id).toList();
        unique("touchpoint", touchpoints.stream(), wrong);
        journeys(journeys, kpis.keySet(), wrong);
        unique("objective", objectives.stream().map(Objective::id), wrong);
        List<String> keyResults = keyResults(objectives).map(KeyResult::id).toList();
        unique("key result", keyResults.stream(), wrong);
        unique(
                "initiative",
                objectives.stream().flatMap(o -> o.initiatives().stream()).map(Initiative::id),
                wrong);
        Set<String> kpiIds = kpis.keySet();
        keyResults(objectives)
                .forEach(keyResult -> keyResult.kpi().ifPresent(measure -> {
                    String by = "key result '" + keyResult.id() + "' is measured ";
                    known(by + "by the", "KPI", measure.kpi(), kpiIds, wrong);
                    String touchpoint = measure.touchpoint();
                    if (touchpoint != null) {
                        known(by + "at the", "touchpoint", touchpoint, touchpoints, wrong);
                    }
                }));
        silenced.forEach(code -> {
            String name = code.contains(":") ? code.substring(0, code.indexOf(':')) : code;
            known("the plan silences the", "lint code", name, Lint.codes(), wrong);
        });
        Alignment.problems(objectives).forEach(problem -> wrong.add(problem.toString()));
        for (Objective objective : objectives) {
            objective
                    .touchpoints()
                    .forEach(id -> known(
                            "objective '" + objective.id() + "' is about the", "touchpoint", id, touchpoints, wrong));
            for (Initiative initiative : objective.initiatives()) {
                for (String id : initiative.serves()) {
                    known("initiative '" + initiative.id() + "' serves the", "key result", id, keyResults, wrong);
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
    }

    private static void journeys(List<Journey> journeys, Set<String> kpis, List<String> wrong) {
        List<String> ids = journeys.stream().map(Journey::id).toList();
        for (Journey journey : journeys) {
            String by = "journey '" + journey.id() + "' is measured by the";
            journey.kpis().forEach(kpi -> known(by, "KPI", kpi.kpi(), kpis, wrong));
            for (Stage stage : journey.stages()) {
                String of = "stage '" + stage.id() + "' is measured by the";
                stage.kpis().forEach(kpi -> known(of, "KPI", kpi.kpi(), kpis, wrong));
            }
            for (Touchpoint touchpoint : journey.touchpoints()) {
                String who = "touchpoint '" + touchpoint.id() + "' is ";
                touchpoint.kpis().forEach(kpi -> known(who + "measured by the", "KPI", kpi.kpi(), kpis, wrong));
                String detail = touchpoint.detail();
                if (detail != null) {
                    known(who + "shown in detail by the", "journey", detail, ids, wrong);
                }
            }
        }
        List<String> circle = Journey.circle(journeys);
        if (!circle.isEmpty()) {
            wrong.add("journeys detail each other in a circle: " + String.join(" → ", circle));
        }
    }

    private static void unique(String what, Stream<String> ids, List<String> wrong) {
        Set<String> seen = new HashSet<>();
        ids.filter(id -> !seen.add(id)).forEach(id -> wrong.add("two parts of the plan are " + what + " '" + id + "'"));
    }

    private static void known(String who, String what, String id, Collection<String> ids, List<String> wrong) {
        if (!ids.contains(id)) {
            wrong.add(who + " unknown " + what + " '" + id + "'" + DidYouMean.suffix(id, ids));
        }
    }

    private static Stream<Touchpoint> touchpoints(List<Journey> journeys) {
        return journeys.stream().flatMap(journey -> journey.touchpoints().stream());
    }

    private static Stream<KeyResult> keyResults(List<Objective> objectives) {
        return objectives.stream().flatMap(objective -> objective.keyResults().stream());
    }

    /**
     * A plan that was not read from anywhere.
     *
     * @param timeZone the time zone whose days count
     * @param kpis the KPIs
     * @param journeys the journeys
     * @param objectives the objectives
     * @return the plan
     * @throws IllegalArgumentException if two parts have one id, or what is referred to is not there
     */
    public static OkrPlan of(
            ZoneId timeZone, Collection<? extends Kpi<?>> kpis, List<Journey> journeys, List<Objective> objectives) {
        Map<String, Kpi<?>> byId = new LinkedHashMap<>();
        for (Kpi<?> kpi : kpis) {
            if (byId.put(kpi.id(), kpi) != null) {
                throw new IllegalArgumentException("two parts of the plan are KPI '" + kpi.id() + "'");
            }
        }
        return new OkrPlan(
                timeZone, FiscalYear.CALENDAR, StatusRule.byProbability(), Set.of(), byId, journeys, objectives, null);
    }

    /**
     * This plan with other objectives; written back, what did not change keeps its form.
     *
     * @param newObjectives the objectives
     * @return the plan
     */
    public OkrPlan withObjectives(List<Objective> newObjectives) {
        return new OkrPlan(timeZone, fiscalYear, statusRule, silenced, kpis, journeys, newObjectives, source);
    }

    /**
     * This plan with another fiscal year, for the cycles of objectives that are yet to be made.
     *
     * @param newFiscalYear when the year begins of which quarters and years are told
     * @return the plan
     */
    public OkrPlan withFiscalYear(FiscalYear newFiscalYear) {
        return new OkrPlan(timeZone, newFiscalYear, statusRule, silenced, kpis, journeys, objectives, source);
    }

    /**
     * This plan with another way to compute a status.
     *
     * @param newStatusRule the rule
     * @return the plan
     */
    public OkrPlan withStatusRule(StatusRule newStatusRule) {
        return new OkrPlan(timeZone, fiscalYear, newStatusRule, silenced, kpis, journeys, objectives, source);
    }

    /**
     * This plan without some lint warnings.
     *
     * @param codes codes such as {@code no-owner}, or a code and the id of one part such as {@code no-owner:faster-buying}
     * @return the plan
     * @throws IllegalArgumentException if there is no such code
     */
    public OkrPlan silencing(String... codes) {
        Set<String> more = new LinkedHashSet<>(silenced);
        more.addAll(List.of(codes));
        return new OkrPlan(timeZone, fiscalYear, statusRule, more, kpis, journeys, objectives, source);
    }

    /**
     * The objectives that name another as their parent.
     *
     * @param id the id of the parent
     * @return the children in the order of the plan
     */
    public List<Objective> children(String id) {
        return objectives.stream().filter(o -> id.equals(o.parent())).toList();
    }

    /**
     * A key result by its id.
     *
     * @param id the id
     * @return the key result, if there is one
     */
    public Optional<KeyResult> keyResult(String id) {
        return keyResults(objectives).filter(k -> k.id().equals(id)).findFirst();
    }

    /**
     * A touchpoint by its id.
     *
     * @param id the id
     * @return the touchpoint, if there is one
     */
    public Optional<Touchpoint> touchpoint(String id) {
        return touchpoints(journeys).filter(t -> t.id().equals(id)).findFirst();
    }

    /**
     * The day on which an instant falls in the plan's time zone, for evaluating as of now.
     *
     * @param instant the instant
     * @return the day
     */
    public LocalDate dayOf(Instant instant) {
        return instant.atZone(timeZone).toLocalDate();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OkrPlan that
                && timeZone.equals(that.timeZone)
                && fiscalYear.equals(that.fiscalYear)
                && statusRule.equals(that.statusRule)
                && silenced.equals(that.silenced)
                && kpis.equals(that.kpis)
                && journeys.equals(that.journeys)
                && objectives.equals(that.objectives);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeZone, fiscalYear, statusRule, silenced, kpis, journeys, objectives);
    }
}
