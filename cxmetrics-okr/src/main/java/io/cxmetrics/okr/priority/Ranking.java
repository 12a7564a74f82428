package io.cxmetrics.okr.priority;

import io.cxmetrics.Interval;
import io.cxmetrics.Unit;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Money;
import io.cxmetrics.journey.Journey;
import io.cxmetrics.journey.Touchpoint;
import io.cxmetrics.money.Worth;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.OkrPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The touchpoints of a journey in the order in which to invest in them, with the reasons, and what is planned there already; what
 * {@link Priorities} came to. Immutable and thread-safe.
 *
 * @param journey the journey
 * @param plan the plan that was asked for what is planned, or null
 * @param counting the factors that the priority is the product of; the others are known of no touchpoint
 * @param ranked the touchpoints of which all of these are known, the first first
 * @param unranked the other touchpoints in the order of the journey, each with what is missing
 * @param draws the number of draws of the simulation
 * @param remarks what is to be known before the ranks are used
 * @since 0.1
 */
public record Ranking(
        Journey journey,
        @Nullable OkrPlan plan,
        List<Factor> counting,
        List<Priority> ranked,
        List<Priority> unranked,
        int draws,
        List<String> remarks) {
    private static final double LEVEL = 0.95;
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]<>|#~!&]");
    private static final String CAUTION =
            "The product ranks and is no forecast. What goes with the score is association: what changes if a touchpoint is"
                    + " improved, an experiment tells.";

    /** Copies the lists. */
    public Ranking {
        counting = List.copyOf(counting);
        ranked = List.copyOf(ranked);
        unranked = List.copyOf(unranked);
        remarks = List.copyOf(remarks);
    }

    /**
     * How often the first touchpoint comes first when every factor is drawn by its interval.
     *
     * @return the share of the draws, 1 if only one touchpoint is ranked; empty if none is
     */
    public OptionalDouble stays() {
        return ranked.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(ranked.get(0).first());
    }

    /**
     * The priority of a touchpoint, ranked or not.
     *
     * @param touchpoint the id of the touchpoint
     * @return the priority
     * @throws IllegalArgumentException if the journey has no such touchpoint
     */
    public Priority priority(String touchpoint) {
        return Stream.concat(ranked.stream(), unranked.stream())
                .filter(priority -> priority.touchpoint().id().equals(touchpoint))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("journey '" + journey.id() + "' has no touchpoint '"
                        + touchpoint + "'"
                        + DidYouMean.suffix(
                                touchpoint,
                                journey.touchpoints().stream()
                                        .map(Touchpoint::id)
                                        .toList())));
    }

    /**
     * The factors that are known of no touchpoint, and so do not count.
     *
     * @return the factors
     */
    public List<Factor> leftOut() {
        return Stream.of(Factor.values()).filter(f -> !counting.contains(f)).toList();
    }

    private String product() {
        return String.join(" × ", counting.stream().map(Factor::words).toList());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Factor factor : leftOut()) {
            notes.add("The " + factor.words() + " does not count, because nobody said " + factor.need() + ".");
        }
        remarks.forEach(remark -> notes.add("Note: " + remark + "."));
        notes.add(CAUTION);
        return notes;
    }

    /**
     * The ranking for a terminal or a mail.
     *
     * @param locale decides the decimal separator
     * @return the text, a line break at its end
     */
    public String toText(Locale locale) {
        StringBuilder text = new StringBuilder("Which touchpoint first: ")
                .append(journey.name())
                .append('\n');
        text.append(counting.isEmpty() ? "nothing to rank by\n" : "by " + product() + ", in percent of the first\n");
        for (Priority priority : ranked) {
            text.append('\n')
                    .append(priority.rank())
                    .append(". ")
                    .append(title(priority))
                    .append(": ")
                    .append(relative(priority, locale))
                    .append(", ")
                    .append(certainty(priority, locale))
                    .append('\n');
            lines(priority, locale)
                    .forEach(line -> text.append("   - ").append(line).append('\n'));
        }
        for (Priority priority : unranked) {
            text.append("\nNot ranked: ").append(title(priority)).append('\n');
            lines(priority, locale)
                    .forEach(line -> text.append("   - ").append(line).append('\n'));
        }
        text.append('\n');
        notes().forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    private static String title(Priority priority) {
        Touchpoint at = priority.touchpoint();
        return (at.momentOfTruth() ? "! " : "") + at.name() + (at.owner() == null ? "" : " (" + at.owner() + ")");
    }

    private static String relative(Priority priority, Locale locale) {
        return priority.relative().isEmpty()
                ? "nothing to gain"
                : String.format(locale, "%.0f", priority.relative().getAsDouble());
    }

    private String certainty(Priority priority, Locale locale) {
        if (ranked.size() == 1) {
            return "no other is ranked";
        }
        String first = "first in " + Unit.SHARE.format(priority.first(), locale);
        return (priority.rank() == 1
                ? "stays " + first + " of " + draws + " simulations"
                : first + ", rank " + ranks(priority));
    }

    private static String ranks(Priority priority) {
        return priority.highest() == priority.lowest()
                ? String.valueOf(priority.highest())
                : priority.highest() + "…" + priority.lowest();
    }

    /** The reasons, what is missing, what is planned, and what a change is worth: the sentences below a touchpoint. */
    private List<String> lines(Priority priority, Locale locale) {
        List<String> lines = new ArrayList<>(priority.reasons());
        priority.missing().forEach((factor, why) -> {
            if (counting.contains(factor) || priority.factors().isEmpty()) {
                lines.add("No " + factor.words() + ": " + why + ".");
            }
        });
        lines.addAll(planned(priority));
        worth(priority, locale).ifPresent(lines::add);
        return lines;
    }

    /** What is planned there, a sentence each. */
    private List<String> planned(Priority priority) {
        if (plan == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (Priority.Work work : priority.work()) {
            List<String> about = new ArrayList<>();
            about.add(
                    work.initiative().owner() == null
                            ? "no owner"
                            : work.initiative().owner());
            about.add(
                    work.initiative().budget() == null
                            ? "no budget"
                            : money(work.initiative().budget()));
            if (work.initiative().status() != null) {
                about.add(work.initiative().status().word());
            }
            if (!work.elsewhere().isEmpty()) {
                about.add("also at " + String.join(", ", work.elsewhere()));
            }
            lines.add("Planned: " + work.initiative().title() + " (" + String.join("; ", about) + ").");
        }
        if (lines.isEmpty()) {
            lines.add(
                    priority.objectives().isEmpty()
                            ? "Nothing is planned there: it needs an owner and a budget."
                            : "No initiative is planned there.");
        }
        for (Objective objective : priority.objectives()) {
            lines.add("Objective: " + objective.title() + " ("
                    + (objective.owner() == null ? "no owner" : objective.owner())
                    + (objective.budget() == null ? "" : "; " + money(objective.budget()) + " in all") + ").");
        }
        return lines;
    }

    private static String money(Money money) {
        // Whole amounts read better without cents.
        return money.amount().stripTrailingZeros().toPlainString() + " " + money.currency();
    }

    private static Optional<String> worth(Priority priority, Locale locale) {
        Worth worth = priority.worth();
        if (worth == null) {
            return Optional.empty();
        }
        Money gain = worth.net();
        Interval interval = worth.netInterval(LEVEL);
        boolean invested = worth.investment().amount().signum() > 0;
        return Optional.of("Worth "
                + String.format(
                        locale,
                        "%.0f %s (95 %% %.0f…%.0f)",
                        gain.amount(),
                        gain.currency(),
                        interval.low(),
                        interval.high())
                + " in " + worth.horizon().toDays() + " days"
                + (invested
                        ? " after an investment of " + money(worth.investment()) + ": ROI "
                                + Unit.SHARE.format(worth.roi().orElseThrow(), worth.roiInterval(LEVEL), locale)
                                + ", a loss in " + Unit.SHARE.format(worth.chanceOfLoss(), locale) + " of the cases"
                        : "")
                + ".");
    }

    /**
     * The ranking as Markdown (CommonMark with tables): one row for each touchpoint. What comes from the plan is escaped.
     *
     * @param locale decides the decimal separator
     * @return the text, a line break at its end
     */
    public String toMarkdown(Locale locale) {
        StringBuilder text = new StringBuilder("# Which touchpoint first: ")
                .append(escape(journey.name()))
                .append("\n\n")
                .append(counting.isEmpty() ? "Nothing to rank by." : "By " + product() + ", in percent of the first.")
                .append(
                        "\n\n| rank | touchpoint | owner | priority | certainty | why | planned | owner and budget | worth |\n")
                .append("|---|---|---|---|---|---|---|---|---|\n");
        Stream.concat(ranked.stream(), unranked.stream()).forEach(priority -> {
            boolean is = priority.rank() > 0;
            List<String> why = new ArrayList<>(priority.reasons());
            priority.missing().forEach((factor, reason) -> {
                if (counting.contains(factor) || priority.factors().isEmpty()) {
                    why.add("No " + factor.words() + ": " + reason + ".");
                }
            });
            List<String> budget = new ArrayList<>(priority.owners());
            priority.budget().forEach(money -> budget.add(money(money)));
            row(
                    text,
                    is ? String.valueOf(priority.rank()) : "not ranked",
                    (priority.touchpoint().momentOfTruth() ? "! " : "")
                            + priority.touchpoint().name(),
                    priority.touchpoint().owner() == null
                            ? ""
                            : priority.touchpoint().owner(),
                    is ? relative(priority, locale) : "",
                    is ? certainty(priority, locale) : "",
                    String.join(" ", why),
                    String.join(" ", planned(priority)),
                    String.join("; ", budget),
                    worth(priority, locale).orElse(""));
        });
        text.append('\n');
        notes().forEach(note -> text.append(escape(note)).append("\n\n"));
        return text.deleteCharAt(text.length() - 1).toString();
    }

    private static void row(StringBuilder text, String... cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(escape(cell)).append(" |");
        }
        text.append('\n');
    }

    private static String escape(String said) {
        return MARKUP.matcher(said.replaceAll("\\s+", " ")).replaceAll("\\\\$0");
    }

    /** The text, with a decimal point. */
    @Override
    public String toString() {
        return toText(Locale.ROOT);
    }
}
