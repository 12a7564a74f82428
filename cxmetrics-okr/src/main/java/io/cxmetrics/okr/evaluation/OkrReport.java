package io.cxmetrics.okr.evaluation;

import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.okr.OkrPlan;
import io.cxmetrics.okr.Warning;
import io.cxmetrics.okr.forecast.ConfidenceReview;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where each objective of a plan stands on a day. Immutable and thread-safe.
 *
 * @param plan the plan
 * @param asOf the day of the evaluation, in the plan's time zone
 * @param objectives the objectives in the order of the plan
 * @since 0.1
 */
public record OkrReport(OkrPlan plan, LocalDate asOf, List<ObjectiveReport> objectives) {

    /** Copies the list. */
    public OkrReport {
        objectives = List.copyOf(objectives);
    }

    /**
     * An objective by its id.
     *
     * @param id the id
     * @return the objective, if the plan has it
     */
    public Optional<ObjectiveReport> objective(String id) {
        return objectives.stream().filter(o -> o.objective().id().equals(id)).findFirst();
    }

    /**
     * A key result by its id.
     *
     * @param id the id
     * @return the key result, if the plan has it
     */
    public Optional<KeyResultReport> keyResult(String id) {
        return objectives.stream().flatMap(o -> o.keyResult(id).stream()).findFirst();
    }

    /**
     * The warnings about all key results.
     *
     * @return what is probably not meant, in the order of the plan
     */
    public List<Warning> warnings() {
        return objectives.stream()
                .flatMap(o -> o.keyResults().stream())
                .flatMap(k -> k.warnings().stream())
                .toList();
    }

    /**
     * All key results.
     *
     * @return the key results in the order of the plan
     */
    public List<KeyResultReport> keyResults() {
        return objectives.stream().flatMap(o -> o.keyResults().stream()).toList();
    }

    /**
     * The key results of each touchpoint.
     *
     * @return the key results by the name of their touchpoint, in the order of the plan; those without one are left out
     */
    public Map<String, List<KeyResultReport>> byTouchpoint() {
        Map<String, List<KeyResultReport>> groups = new LinkedHashMap<>();
        for (KeyResultReport keyResult : keyResults()) {
            Touchpoint touchpoint = keyResult.touchpoint();
            if (touchpoint != null) {
                groups.computeIfAbsent(touchpoint.name(), name -> new ArrayList<>())
                        .add(keyResult);
            }
        }
        return groups;
    }

    /**
     * The key results of each owner.
     *
     * @return the key results by owner, in the order of the plan; those of nobody under {@code nobody}
     */
    public Map<String, List<KeyResultReport>> byOwner() {
        Map<String, List<KeyResultReport>> groups = new LinkedHashMap<>();
        for (KeyResultReport keyResult : keyResults()) {
            groups.computeIfAbsent(ReportWords.orNobody(keyResult.keyResult().owner()), name -> new ArrayList<>())
                    .add(keyResult);
        }
        return groups;
    }

    /**
     * What changed since an earlier report: a status, a progress, a chance, parts that are new or gone.
     *
     * @param earlier the earlier report, of this plan or a former version of it
     * @return the changes in the order of the plan, then what is gone
     */
    public List<Change> since(OkrReport earlier) {
        return since(earlier.standings());
    }

    /**
     * What changed since an earlier report of which only the standings were kept.
     *
     * @param earlier how the parts stood
     * @return the changes in the order of the plan, then what is gone
     */
    public List<Change> since(Standings earlier) {
        Map<String, Standings.Standing> before = byKey(earlier);
        Map<String, Standings.Standing> after = byKey(standings());
        OptionalDouble none = OptionalDouble.empty();
        List<Change> changes = new ArrayList<>();
        after.forEach((key, now) -> {
            Standings.Standing then = before.get(key);
            if (then == null) {
                changes.add(new Change(now.id(), null, now.status(), none, now.progress(), none, now.probability()));
            } else if (!then.equals(now)) {
                changes.add(new Change(
                        now.id(),
                        then.status(),
                        now.status(),
                        then.progress(),
                        now.progress(),
                        then.probability(),
                        now.probability()));
            }
        });
        before.forEach((key, then) -> {
            if (!after.containsKey(key)) {
                changes.add(
                        new Change(then.id(), then.status(), null, then.progress(), none, then.probability(), none));
            }
        });
        return changes;
    }

    /** Ids of objectives and key results may be the same, so that keys tell them apart. */
    private static Map<String, Standings.Standing> byKey(Standings standings) {
        Map<String, Standings.Standing> byKey = new LinkedHashMap<>();
        standings.parts().forEach(part -> byKey.put(part.kind() + " " + part.id(), part));
        return byKey;
    }

    /**
     * How the parts stand, to be compared with later.
     *
     * @return each objective with its key results, in the order of the plan; progress of key results is the raw one
     */
    public Standings standings() {
        List<Standings.Standing> parts = new ArrayList<>();
        for (ObjectiveReport o : objectives) {
            parts.add(new Standings.Standing(
                    Standings.Kind.OBJECTIVE, o.objective().id(), o.status(), o.progress(), o.probability()));
            for (KeyResultReport k : o.keyResults()) {
                OptionalDouble progress =
                        k.progress().map(p -> OptionalDouble.of(p.raw())).orElse(OptionalDouble.empty());
                parts.add(new Standings.Standing(
                        Standings.Kind.KEY_RESULT, k.keyResult().id(), k.status(), progress, k.probability()));
            }
        }
        return new Standings(asOf, parts);
    }

    /**
     * Who foresaw the key results that are over better, the owners or the forecast; see {@link Foretold}.
     *
     * @return the Brier scores of both over the key results of which both said something
     */
    public ConfidenceReview confidence() {
        List<ConfidenceReview.Closed> closed = new ArrayList<>();
        for (KeyResultReport k : keyResults()) {
            Foretold foretold = k.foretold();
            if (foretold != null) {
                Chance chance = foretold.chance();
                Double probability = chance != null && chance.probability().isPresent()
                        ? Double.valueOf(chance.probability().getAsDouble())
                        : null;
                closed.add(new ConfidenceReview.Closed(
                        k.keyResult().id(), foretold.confidence(), probability, foretold.met()));
            } else if (k.score() != null) {
                closed.add(new ConfidenceReview.Closed(
                        k.keyResult().id(),
                        null,
                        null,
                        k.attainment().orElseThrow().isMet()));
            }
        }
        return ConfidenceReview.of(closed);
    }

    /**
     * What needs a decision: key results that are at risk or of which nobody hears, and guards that do not hold.
     *
     * @return the decisions in the order of the plan
     */
    public List<Decision> decisions() {
        List<Decision> decisions = new ArrayList<>();
        for (ObjectiveReport objective : objectives) {
            decide(objective, decisions);
        }
        return decisions;
    }

    private static void decide(ObjectiveReport objective, List<Decision> decisions) {
        for (KeyResultReport k : objective.keyResults()) {
            String what = switch (k.status()) {
                case AT_RISK -> "at risk; change what is done for it, or the target";
                case STALE -> "stale; find out where it stands";
                case NO_DATA -> "no data; make it measurable or drop it";
                case CLOSED, NOT_STARTED -> "";
                default -> k.isBrokenGuard() ? "the guard does not hold; put it right before anything else" : "";
            };
            if (k.status() == Status.AT_RISK && k.keyResult().guard()) {
                what = "the guard does not hold; put it right before anything else";
            }
            if (!what.isEmpty()) {
                String owner = k.keyResult().owner();
                decisions.add(new Decision(
                        k.keyResult().id(),
                        ReportWords.orNobody(
                                owner == null ? objective.objective().owner() : owner),
                        what));
            }
        }
    }

    /**
     * The report as text that needs no explanation.
     *
     * @param locale decides how numbers are written; the words are English and dates ISO
     * @return several lines
     */
    public String toText(Locale locale) {
        return new TextReport(this, null, locale).text();
    }

    /**
     * The report as text, with what changed since an earlier one.
     *
     * @param locale decides how numbers are written; the words are English and dates ISO
     * @param earlier how its parts stood
     * @return several lines
     */
    public String toText(Locale locale, Standings earlier) {
        return new TextReport(this, earlier, locale).text();
    }

    /**
     * The report as Markdown: also by touchpoint and by owner.
     *
     * @param locale decides how numbers are written; the words are English and dates ISO
     * @return CommonMark with tables
     */
    public String toMarkdown(Locale locale) {
        return new MarkdownReport(this, null, locale).text();
    }

    /**
     * The report as Markdown, with what changed since an earlier one.
     *
     * @param locale decides how numbers are written; the words are English and dates ISO
     * @param earlier how its parts stood
     * @return CommonMark with tables
     */
    public String toMarkdown(Locale locale, Standings earlier) {
        return new MarkdownReport(this, earlier, locale).text();
    }

    /** The text with a decimal point. */
    @Override
    public String toString() {
        return toText(Locale.ROOT);
    }
}
