package io.cxmetrics.okr.evaluation;

import io.cxmetrics.field.Money;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.okr.Initiative;
import io.cxmetrics.okr.Measure;
import io.cxmetrics.okr.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as text for people who did not write the plan. */
final class TextReport {
    private final OkrReport report;
    private final Wording wording;
    private final StringBuilder text = new StringBuilder();

    TextReport(OkrReport report, Locale locale) {
        this.report = report;
        this.wording = new Wording(locale);
    }

    String text() {
        line(
                "",
                "OKR report as of " + report.asOf() + " (days of "
                        + report.plan().timeZone() + ")");
        report.objectives().forEach(this::objective);
        line("", "");
        line(
                "",
                "Done is the share of the way from the start to the target; expected is the share of the cycle's days that");
        line(
                "",
                "have passed. On track: expected − done ≤ 0 points. Behind: ≤ 25 points. At risk: > 25 points. Targets are");
        line("", "inclusive. The range after 95 % is the one in which the true value probably lies.");
        return text.toString();
    }

    private void line(String indent, String line) {
        text.append(line.isEmpty() ? "" : indent).append(line).append('\n');
    }

    private void objective(ObjectiveReport objective) {
        Objective about = objective.objective();
        line("", "");
        line("", "Objective: " + about.title());
        List<String> facts = new ArrayList<>();
        facts.add("Owner: " + (about.owner() == null ? "nobody" : about.owner()));
        if (about.sponsor() != null) {
            facts.add("sponsor: " + about.sponsor());
        }
        if (about.ambition() != null) {
            facts.add(about.ambition().name().toLowerCase(Locale.ROOT));
        }
        facts.add("cycle " + about.cycle());
        line("  ", String.join(", ", facts));
        line("  ", "Progress: " + wording.verdict(objective));
        int number = 1;
        for (KeyResultReport keyResult : objective.keyResults()) {
            keyResult(number++, keyResult);
        }
        if (!about.initiatives().isEmpty()) {
            line("", "");
            line("  ", "Initiatives");
            about.initiatives().forEach(this::initiative);
        }
    }

    private void keyResult(int number, KeyResultReport keyResult) {
        line("", "");
        String weight = keyResult.keyResult().weight() == 1
                ? ""
                : " (weight "
                        + Decimals.of(keyResult.keyResult().weight())
                                .stripTrailingZeros()
                                .toPlainString() + ")";
        line(
                "  ",
                number + ". " + keyResult.keyResult().title() + " ["
                        + keyResult.keyResult().id() + "]" + weight);
        String indent = "     ";
        line(indent, wording.verdict(keyResult) + ".");
        keyResult.measurement().ifPresent(m -> line(indent, wording.explanation(keyResult, m)));
        Measure measure = keyResult.keyResult().measure();
        StringBuilder how =
                new StringBuilder("Measured by ").append(keyResult.kpi().name());
        Touchpoint touchpoint = keyResult.touchpoint();
        if (touchpoint != null) {
            how.append(" at touchpoint ").append(touchpoint.name());
        }
        measure.segment()
                .forEach((dimension, value) ->
                        how.append(" where ").append(dimension).append(" is ").append(value));
        how.append(", ").append(measure.window());
        keyResult
                .measurement()
                .ifPresent(m -> how.append(" (")
                        .append(m.days())
                        .append("), ")
                        .append(m.estimate().counts()));
        String owner = keyResult.keyResult().owner();
        line(indent, how + "." + (owner == null ? "" : " Owner: " + owner + "."));
        keyResult.notes().forEach(note -> line(indent, "Note: " + note));
        keyResult.warnings().forEach(warning -> line(indent, "Warning: " + warning.message()));
    }

    private void initiative(Initiative initiative) {
        Money budget = initiative.budget();
        line(
                "  ",
                "- " + initiative.title() + ": owner " + (initiative.owner() == null ? "nobody" : initiative.owner())
                        + ", budget " + (budget == null ? "none" : wording.money(budget))
                        + (initiative.serves().isEmpty() ? "" : ", for " + String.join(", ", initiative.serves())));
    }
}
