package io.cxmetrics.okr.evaluation;

import io.cxmetrics.okr.Objective;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A report as Markdown (CommonMark with tables). What comes from the plan and from check-ins is escaped, so that no title can
 * break a table or put markup into the page.
 */
final class MarkdownReport {
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]<>|#~!&]");

    private final OkrReport report;
    private final @Nullable OkrReport earlier;
    private final ReportWords words;
    private final StringBuilder text = new StringBuilder();

    MarkdownReport(OkrReport report, @Nullable OkrReport earlier, Locale locale) {
        this.report = report;
        this.earlier = earlier;
        this.words = new ReportWords(locale);
    }

    String text() {
        line("# OKR report as of " + report.asOf());
        line("");
        line("Days of " + escape(report.plan().timeZone().getId()) + ".");
        if (!report.decisions().isEmpty()) {
            line("");
            line("## Needs a decision");
            line("");
            report.decisions().forEach(d -> line("- " + escape(d.toString())));
        }
        if (earlier != null) {
            line("");
            line("## Since " + earlier.asOf());
            line("");
            List<Change> changes = report.since(earlier);
            changes.forEach(change -> line("- " + escape(change.sentence(words.verdicts()))));
            if (changes.isEmpty()) {
                line("Nothing has changed.");
            }
        }
        report.objectives().forEach(this::objective);
        grouped("touchpoint", report.byTouchpoint());
        grouped("owner", report.byOwner());
        line("");
        line("---");
        line("");
        boolean forecast = report.keyResults().stream().anyMatch(k -> k.chance() != null);
        words.legend(
                        forecast
                                ? report.plan().statusRule()
                                : TextReport.withoutChances(report.plan().statusRule()))
                .forEach(line -> line(escape(line)));
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String escape(String said) {
        return MARKUP.matcher(said.replaceAll("\\s+", " ")).replaceAll("\\\\$0");
    }

    private void objective(ObjectiveReport objective) {
        Objective about = objective.objective();
        line("");
        line("## " + escape(about.title()));
        line("");
        line(escape(words.facts(about)) + ".");
        line("");
        line("**" + objective.status().words() + "**: "
                + escape(words.verdicts().verdict(objective)));
        if (!objective.keyResults().isEmpty()) {
            line("");
            line("| key result | status | where it stands |");
            line("|---|---|---|");
            objective.keyResults().forEach(this::row);
            for (KeyResultReport keyResult : objective.keyResults()) {
                List<String> remarks = words.remarks(keyResult);
                line("");
                line("- **" + escape(keyResult.keyResult().title()) + "**: " + escape(words.measuredBy(keyResult)));
                remarks.forEach(remark -> line("  - " + escape(remark)));
            }
        }
        if (!objective.children().isEmpty()) {
            line("");
            line("| objective below it | status | where it stands |");
            line("|---|---|---|");
            objective
                    .children()
                    .forEach(child -> line("| " + escape(child.objective().title()) + " | "
                            + child.status().words() + " | "
                            + escape(words.verdicts().verdict(child)) + " |"));
        }
        if (!about.initiatives().isEmpty()) {
            line("");
            line("Initiatives:");
            line("");
            about.initiatives().forEach(initiative -> line("- " + escape(words.initiative(initiative))));
        }
    }

    private void row(KeyResultReport keyResult) {
        line("| " + escape(keyResult.keyResult().title() + ReportWords.mark(keyResult)) + " | "
                + keyResult.status().words() + " | "
                + escape(words.verdicts().verdict(keyResult)) + " |");
    }

    private void grouped(String by, Map<String, List<KeyResultReport>> groups) {
        if (groups.isEmpty()) {
            return;
        }
        line("");
        line("## By " + by);
        line("");
        line("| " + by + " | key result | status |");
        line("|---|---|---|");
        groups.forEach((name, keyResults) -> keyResults.forEach(k -> line("| " + escape(name) + " | "
                + escape(k.keyResult().title()) + " | " + k.status().words() + " |")));
    }
}
