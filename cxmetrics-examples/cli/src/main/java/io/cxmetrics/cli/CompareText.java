package io.cxmetrics.cli;

import io.cxmetrics.Interval;
import io.cxmetrics.Kpi;
import io.cxmetrics.Unit;
import io.cxmetrics.scorecard.Cell;
import io.cxmetrics.scorecard.Change;
import io.cxmetrics.scorecard.Changes;
import io.cxmetrics.scorecard.Label;
import io.cxmetrics.stats.Comparison;
import io.cxmetrics.stats.Correction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A comparison for people: the table of all moves, the sentences of those that are news, and what was not compared. */
final class CompareText {
    private static final String INDENT = "  ";
    private static final String NOTHING = "–";
    /** How many sentences a reader gets; more would repeat the table. */
    private static final int MOST_SENTENCES = 10;

    private final Sides sides;
    private final Changes changes;
    private final Locale locale;
    private final Terminal terminal;
    private final List<Sides.Pair> pairs;
    private final StringBuilder text = new StringBuilder();

    private CompareText(Sides sides, Changes changes, Locale locale, Terminal terminal) {
        this.sides = sides;
        this.changes = changes;
        this.locale = locale;
        this.terminal = terminal;
        this.pairs = sides.pairs(changes);
    }

    static String of(Sides sides, Changes changes, Locale locale, Terminal terminal) {
        CompareText text = new CompareText(sides, changes, locale, terminal);
        text.title();
        text.table();
        text.news();
        text.obstacles();
        return text.text.toString();
    }

    private void title() {
        String after = sides.afterName() + " (" + count(Sides.rows(sides.after()), "row") + ")";
        heading(
                sides.againstRest()
                        ? "Each cell of " + after + " against all other cells together"
                        : "Before: " + sides.beforeName() + " (" + count(Sides.rows(sides.before()), "row")
                                + "). After: " + after + ".");
    }

    private void heading(String title) {
        text.append(terminal.bold(Terminal.printableLine(title))).append('\n');
    }

    private void line(String content) {
        text.append(INDENT).append(Terminal.printableLine(content)).append('\n');
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private String level() {
        return BigDecimal.valueOf(changes.level())
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    private boolean isCorrected() {
        return changes.correction() != Correction.NONE;
    }

    private void table() {
        List<String> texts = new ArrayList<>(sides.after().dimensions());
        texts.add("KPI");
        List<String> numbers = new ArrayList<>(
                sides.againstRest()
                        ? List.of("the rest", "value", "difference")
                        : List.of("before", "after", "change"));
        numbers.add(level() + " interval");
        numbers.add("p");
        if (isCorrected()) {
            numbers.add("corrected p");
        }
        numbers.add("");
        TextTable table = new TextTable(texts, numbers);
        for (Sides.Pair pair : pairs) {
            Change change = pair.change();
            if (change != null) {
                List<String> cells = new ArrayList<>();
                pair.cell().labels().stream().map(Label::toString).forEach(cells::add);
                cells.add(name(pair.kpi()));
                cells.addAll(numbers(change));
                table.add(cells);
            }
        }
        if (!changes.all().isEmpty()) {
            text.append(table.text(INDENT));
        }
        if (!changes.surviving().isEmpty()) {
            text.append(INDENT)
                    .append("* ")
                    .append(
                            switch (changes.correction()) {
                                case NONE -> "p is below 1 − " + level();
                                case HOLM -> "survives the correction of Holm at " + level();
                                case BENJAMINI_HOCHBERG ->
                                    "survives the correction of Benjamini and Hochberg at " + level();
                            })
                    .append('\n');
        }
        text.append('\n');
    }

    private List<String> numbers(Change change) {
        Comparison comparison = change.comparison();
        Unit unit = comparison.kpi().unit();
        Interval interval = comparison.interval(changes.level());
        double difference = comparison.difference().orElse(0);
        // Times in the unit in which the sentences say the change.
        double scale = unit.equals(Unit.SECONDS)
                ? difference
                : Math.max(
                        Math.abs(comparison.before().value().orElse(0)),
                        Math.abs(comparison.after().value().orElse(0)));
        boolean inPoints = unit.equals(Unit.SHARE) || unit.equals(Unit.POINTS);
        List<String> numbers = new ArrayList<>();
        numbers.add(unit.number(comparison.before().value().orElse(0), scale, locale) + unit.suffix(scale));
        numbers.add(unit.number(comparison.after().value().orElse(0), scale, locale) + unit.suffix(scale));
        numbers.add((difference > 0 ? "+" : "")
                + unit.number(difference, scale, locale)
                + (inPoints ? " points" : unit.suffix(scale)));
        numbers.add(
                switch (interval.kind()) {
                    case BOUNDED ->
                        unit.number(interval.low(), scale, locale) + "…" + unit.number(interval.high(), scale, locale);
                    case UNBOUNDED -> "unbounded";
                    case UNDEFINED -> NOTHING;
                });
        numbers.add(p(comparison.pValue().orElse(1)));
        if (isCorrected()) {
            numbers.add(p(change.adjustedP()));
        }
        numbers.add(change.survives() ? "*" : "");
        return numbers;
    }

    private String p(double p) {
        DecimalFormat format = new DecimalFormat("0.000", DecimalFormatSymbols.getInstance(locale));
        return p < 0.001
                ? "< " + format.format(new BigDecimal("0.001"))
                : format.format(new BigDecimal(p).setScale(3, RoundingMode.HALF_UP));
    }

    /** The name; with the id if another KPI has the same name. */
    private String name(Kpi<?> kpi) {
        boolean isUnique = sides.after().kpis().stream()
                .noneMatch(other -> !other.equals(kpi) && other.name().equals(kpi.name()));
        return isUnique ? kpi.name() : kpi.name() + " (" + kpi.id() + ")";
    }

    /** The sentences, surest first; what all of several would repeat is said once, above them. */
    private void news() {
        int all = changes.all().size();
        int news = changes.surviving().size();
        String nouns = (sides.againstRest() ? "difference" : "move") + "s";
        heading(sides.againstRest() ? "What stands out" : "What moved");
        List<String> sentences = changes.sentences(locale);
        String which = news > MOST_SENTENCES ? "; the " + MOST_SENTENCES + " with the smallest p:" : ":";
        if (!isCorrected() && all > 1) {
            line("Without a correction, about " + Math.round(all * (1 - changes.level())) + " of " + all + " " + nouns
                    + " would look like news by chance alone; " + news + (news == 1 ? " does" : " do")
                    + (news == 0 ? "." : which));
            sentences = changes.surviving().stream().map(this::sentence).toList();
        } else if (news > 1) {
            line(news + " of " + all + " " + nouns + " survive correction" + which);
            String rank = ", one of the " + news + " of " + all + " " + nouns + " that survive correction";
            sentences = sentences.stream()
                    .map(sentence -> sentence.endsWith(rank)
                            ? sentence.substring(0, sentence.length() - rank.length())
                            : sentence)
                    .toList();
        }
        sentences.stream().limit(MOST_SENTENCES).forEach(this::line);
        if (sentences.size() > MOST_SENTENCES) {
            line("The table marks all " + news + " with *.");
        }
    }

    private String sentence(Change change) {
        String move = change.comparison().move(true, changes.level(), locale);
        if (!sides.againstRest()) {
            return change.subject() + " " + move;
        }
        boolean isBelow = change.comparison().difference().orElse(0) < 0;
        return change.subject() + " lies" + move.substring(move.indexOf(' '))
                + (isBelow ? " below the rest" : " above the rest");
    }

    /** What was not compared, by cell and reason. */
    private void obstacles() {
        Map<String, List<Kpi<?>>> byPlace = new LinkedHashMap<>();
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Sides.Pair pair : pairs) {
            if (pair.change() == null) {
                Cell cell = pair.cell();
                String key = cell + "\n" + pair.obstacle();
                byPlace.computeIfAbsent(key, k -> new ArrayList<>()).add(pair.kpi());
                reasons.put(key, cell.labels().isEmpty() ? "" : cell + ", ");
            }
        }
        if (byPlace.isEmpty()) {
            return;
        }
        text.append('\n');
        heading("Not compared");
        byPlace.forEach((key, kpis) -> {
            String which = kpis.size() == sides.after().kpis().size()
                    ? kpis.size() == 1 ? name(kpis.get(0)) : "all " + kpis.size() + " KPIs"
                    : kpis.stream().map(this::name).collect(Collectors.joining("; "));
            line(reasons.get(key) + which + ": " + key.substring(key.lastIndexOf('\n') + 1));
        });
    }
}
