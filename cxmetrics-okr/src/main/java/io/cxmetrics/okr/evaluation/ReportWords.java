package io.cxmetrics.okr.evaluation;

import io.cxmetrics.field.Money;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.RollUp;
import io.cxmetrics.okr.StatusRule;
import io.cxmetrics.okr.tracking.CheckIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sentences that reports of every form have in common. */
final class ReportWords {
    private final Wording wording;

    ReportWords(Locale locale) {
        this.wording = new Wording(locale);
    }

    Wording verdicts() {
        return wording;
    }

    String facts(Objective about) {
        List<String> facts = new ArrayList<>();
        facts.add("Owner: " + (about.owner() == null ? "nobody" : about.owner()));
        if (about.sponsor() != null) {
            facts.add("sponsor: " + about.sponsor());
        }
        if (about.budget() != null) {
            facts.add("budget " + wording.money(about.budget()));
        }
        if (about.ambition() != null) {
            facts.add(about.ambition().name().toLowerCase(Locale.ROOT));
        }
        facts.add("cycle " + about.cycle());
        if (about.parent() != null) {
            facts.add("contributes to " + about.parent() + weight(about.weight()));
        }
        if (about.carriedFrom() != null) {
            facts.add("carried over from " + about.carriedFrom());
        }
        if (about.rollUp().of() != RollUp.Parts.KEY_RESULTS) {
            facts.add(
                    about.rollUp().of() == RollUp.Parts.CHILDREN
                            ? "progress from the objectives below it"
                            : "progress from its key results and the objectives below it");
        }
        return String.join(", ", facts);
    }

    static String weight(double weight) {
        return weight == 1 ? "" : " (weight " + Wording.plain(weight) + ")";
    }

    /** What stands behind the title of a key result. */
    static String mark(KeyResultReport keyResult) {
        return keyResult.keyResult().guard()
                ? " (guard)"
                : weight(keyResult.keyResult().weight());
    }

    String measuredBy(KeyResultReport keyResult) {
        StringBuilder how = new StringBuilder("Measured by ");
        Measurement measured = keyResult.measured();
        if (keyResult.keyResult().measure() instanceof Measure.ByKpi measure && keyResult.kpi() != null) {
            how.append(keyResult.kpi().name());
            Touchpoint touchpoint = keyResult.touchpoint();
            if (touchpoint != null) {
                how.append(" at touchpoint ").append(touchpoint.name());
            }
            measure.segment()
                    .forEach((dimension, value) -> how.append(" where ")
                            .append(dimension)
                            .append(" is ")
                            .append(value));
            how.append(", ").append(measure.window());
            if (measured != null && measured.estimate() != null) {
                how.append(" (")
                        .append(measured.days())
                        .append("), ")
                        .append(measured.estimate().counts());
            }
        } else {
            how.append("check-ins");
            if (measured != null && measured.checkIn() != null) {
                how.append(", the last on ")
                        .append(measured.checkIn().date())
                        .append(" by ")
                        .append(measured.checkIn().source());
            }
        }
        String owner = keyResult.keyResult().owner();
        return how + "." + (owner == null ? "" : " Owner: " + owner + ".");
    }

    /** Confidence, note and forecast, notes and warnings, each a line. */
    List<String> remarks(KeyResultReport keyResult) {
        List<String> lines = new ArrayList<>();
        CheckIn checkIn = keyResult.checkIn();
        if (checkIn != null && (checkIn.confidence() != null || !checkIn.note().isEmpty())) {
            String said = checkIn.confidence() == null
                    ? ""
                    : " confidence " + wording.percent(checkIn.confidence(), 0)
                            + (checkIn.note().isEmpty() ? "." : ",");
            String note = checkIn.note().isEmpty() ? "" : " \"" + oneLine(checkIn.note()) + "\"";
            lines.add("Said on " + checkIn.date() + " by " + checkIn.source() + ":" + said + note);
        }
        if (keyResult.chance() != null) {
            boolean refused = keyResult.chance().probability().isEmpty();
            lines.add((refused ? "No forecast: " : "Forecast: ")
                    + keyResult.chance().reason());
        }
        keyResult.notes().forEach(note -> lines.add("Note: " + note));
        keyResult.warnings().forEach(warning -> lines.add("Warning: " + warning.message()));
        return lines;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    String initiative(Initiative initiative) {
        Money budget = initiative.budget();
        Money benefit = initiative.benefit();
        return initiative.title() + ": "
                + (initiative.status() == null ? "" : initiative.status().word() + ", ")
                + "owner " + orNobody(initiative.owner())
                + ", budget " + (budget == null ? "none" : wording.money(budget))
                + (initiative.serves().isEmpty() ? "" : ", for " + String.join(", ", initiative.serves()))
                + (initiative.effect() == null ? "" : "; expected: " + initiative.effect())
                + (benefit == null ? "" : "; worth " + wording.money(benefit));
    }

    static String orNobody(@Nullable String owner) {
        return owner == null ? "nobody" : owner;
    }

    /** What the words of a report mean. */
    List<String> legend(StatusRule rule) {
        StatusRule difference = Judge.differences(rule);
        String thresholds = switch (rule.by()) {
            case RATIO ->
                "On track: done / expected ≥ " + Wording.plain(rule.onTrack()) + ". Behind: ≥ "
                        + Wording.plain(rule.behind()) + ". At risk: < " + Wording.plain(rule.behind()) + ".";
            default ->
                "On track: expected − done ≤ " + points(difference.onTrack()) + " points. Behind: ≤ "
                        + points(difference.behind()) + " points. At risk: > " + points(difference.behind())
                        + " points.";
        };
        String chances = rule.by() == StatusRule.By.PROBABILITY
                ? "Where a chance is given, it decides instead: on track ≥ " + wording.percent(rule.onTrack(), 0)
                        + ", behind ≥ " + wording.percent(rule.behind(), 0) + ", at risk below."
                : "";
        List<String> legend = new ArrayList<>(List.of(
                "Done is the share of the way from the start to the target; expected is the share of the cycle's days that",
                "have passed. " + thresholds + " Targets are",
                "inclusive. The range after 95 % is the one in which the true value probably lies."));
        if (!chances.isEmpty()) {
            legend.add(chances);
        }
        return legend;
    }

    private static String points(double share) {
        return Wording.plain(Decimals.of(share).movePointRight(2).doubleValue());
    }
}
