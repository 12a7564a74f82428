package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.StatusRule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as text for people who did not write the plan. */
final class TextReport {
    private final OkrReport report;
    private final @Nullable OkrReport earlier;
    private final ReportWords words;
    private final StringBuilder text = new StringBuilder();

    TextReport(OkrReport report, @Nullable OkrReport earlier, Locale locale) {
        this.report = report;
        this.earlier = earlier;
        this.words = new ReportWords(locale);
    }

    String text() {
        line(
                "",
                "OKR report as of " + report.asOf() + " (days of "
                        + report.plan().timeZone() + ")");
        report.objectives().forEach(this::objective);
        if (earlier != null) {
            List<Change> changes = report.since(earlier);
            line("", "");
            line("", "Since " + earlier.asOf());
            changes.forEach(change -> line("  ", "- " + change.sentence(words.verdicts())));
            if (changes.isEmpty()) {
                line("  ", "Nothing has changed.");
            }
        }
        if (!report.decisions().isEmpty()) {
            line("", "");
            line("", "Needs a decision");
            report.decisions().forEach(d -> line("  ", "- " + d));
        }
        line("", "");
        boolean forecast = report.keyResults().stream().anyMatch(k -> k.chance() != null);
        StatusRule rule = report.plan().statusRule();
        // Without a forecast there is no chance to explain.
        List<String> legend = words.legend(forecast ? rule : withoutChances(rule));
        legend.forEach(line -> line("", line));
        return text.toString();
    }

    static StatusRule withoutChances(StatusRule rule) {
        return rule.by() == StatusRule.By.PROBABILITY ? StatusRule.byDifference() : rule;
    }

    private void line(String indent, String line) {
        text.append(line.isEmpty() ? "" : indent).append(line).append('\n');
    }

    private void objective(ObjectiveReport objective) {
        Objective about = objective.objective();
        line("", "");
        line("", "Objective: " + about.title());
        line("  ", words.facts(about));
        line("  ", "Progress: " + words.verdicts().verdict(objective));
        int number = 1;
        for (KeyResultReport keyResult : objective.keyResults()) {
            keyResult(number++, keyResult);
        }
        if (!objective.children().isEmpty()) {
            line("", "");
            line("  ", "Objectives below it");
            for (ObjectiveReport child : objective.children()) {
                line(
                        "  ",
                        "- " + child.objective().title() + " ["
                                + child.objective().id() + "]"
                                + ReportWords.weight(child.objective().weight()) + ": "
                                + words.verdicts().verdict(child));
            }
        }
        if (!about.initiatives().isEmpty()) {
            line("", "");
            line("  ", "Initiatives");
            about.initiatives().forEach(initiative -> line("  ", "- " + words.initiative(initiative)));
        }
    }

    private void keyResult(int number, KeyResultReport keyResult) {
        line("", "");
        line(
                "  ",
                number + ". " + keyResult.keyResult().title() + " ["
                        + keyResult.keyResult().id() + "]" + ReportWords.mark(keyResult));
        String indent = "     ";
        line(indent, words.verdicts().verdict(keyResult) + ".");
        if (keyResult.status() != Status.NO_DATA) {
            keyResult.measurement().ifPresent(m -> line(indent, words.verdicts().explanation(keyResult, m)));
        }
        line(indent, words.measuredBy(keyResult));
        words.remarks(keyResult).forEach(remark -> line(indent, remark));
    }
}
