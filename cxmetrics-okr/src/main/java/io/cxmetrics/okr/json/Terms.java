package io.cxmetrics.okr.json;

import io.cxmetrics.Unit;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Members;
import io.cxmetrics.json.Problems;
import io.cxmetrics.okr.Cycle;
import io.cxmetrics.okr.FiscalYear;
import io.cxmetrics.okr.Hold;
import io.cxmetrics.okr.StatusRule;
import io.cxmetrics.okr.Window;
import io.cxmetrics.time.Grain;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the small terms of a plan: cycles, windows, units, rules. */
final class Terms {
    static final String[] GRAINS = {"day", "week", "month", "quarter", "year"};
    static final String WINDOWS = "\"cycleToDate\", {\"lastComplete\": \"month\"} or {\"trailingDays\": 28}";
    static final List<String> UNITS = List.of("number", "share", "duration", "points", "rating", "money EUR");
    private static final Amounts.Scale SHARE = new Amounts.Scale(Unit.SHARE, "progress", true);
    private static final int MOST_DAYS = 3660;

    private Terms() {}

    static Optional<LocalDate> date(Members members, LocatedJson node) {
        return members.parsed(node, "a date such as \"2026-02-14\"", LocalDate::parse);
    }

    static Optional<Cycle> cycle(LocatedJson node, FiscalYear year, Problems problems) {
        String expected = "a cycle such as \"2026-Q1\", \"2026-02\" or \"2026\","
                + " or {\"start\": \"2026-01-01\", \"end\": \"2026-03-31\"} with the last day as its end";
        if (node.is(LocatedJson.Kind.TEXT)) {
            try {
                return Optional.of(Cycle.parse(node.text(), year));
            } catch (IllegalArgumentException | DateTimeException e) {
                // Noted below.
            }
        }
        if (!node.is(LocatedJson.Kind.OBJECT)) {
            problems.add(node, expected);
            return Optional.empty();
        }
        Members members = new Members(node, problems);
        Optional<String> name = members.text("name").filter(text -> !text.isBlank());
        Optional<LocalDate> start = members.required("start", "the first day such as \"2026-01-01\"")
                .flatMap(day -> date(members, day));
        Optional<LocatedJson> last = members.required("end", "the last day such as \"2026-03-31\"");
        Optional<LocalDate> end = last.flatMap(day -> date(members, day));
        members.end();
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        if (end.get().isBefore(start.get())) {
            problems.add(last.orElseThrow(), "a day not before the start, " + start.get());
            return Optional.empty();
        }
        Cycle cycle = Cycle.of(start.get(), end.get());
        return Optional.of(name.isPresent() ? new Cycle(name.get(), cycle.start(), cycle.end()) : cycle);
    }

    static Optional<Window> window(LocatedJson node, Problems problems) {
        if (node.is(LocatedJson.Kind.TEXT) && node.text().equals("cycleToDate")) {
            return Optional.of(Window.cycleToDate());
        } else if (!node.is(LocatedJson.Kind.OBJECT)) {
            problems.add(node, WINDOWS);
            return Optional.empty();
        }
        Members members = new Members(node, problems);
        Optional<LocatedJson> grain = members.optional("lastComplete");
        Optional<LocatedJson> days = members.optional("trailingDays");
        Optional<Window> window = Optional.empty();
        if (grain.isPresent() == days.isPresent()) {
            problems.add(node, grain.isPresent() ? "two windows in one" : "a window of no kind", WINDOWS);
        } else if (grain.isPresent()) {
            window = members.word(grain.get(), GRAINS).map(word -> Window.lastComplete(Grain.parse(word)));
        } else {
            window = count(days.orElseThrow(), 1, "days", problems).map(Window::trailing);
        }
        members.end();
        return window;
    }

    static Optional<Hold> hold(LocatedJson node, Problems problems) {
        Members members = new Members(node, problems);
        Optional<LocatedJson> share = members.optional("shareOf");
        Optional<LocatedJson> successes = members.optional("successesOf");
        Optional<LocatedJson> planned = members.optional("planned");
        Optional<Hold> hold = Optional.empty();
        if (share.isPresent() == successes.isPresent()) {
            problems.add(
                    node,
                    share.isPresent() ? "two ways to hold a level" : node.describe(),
                    "{\"shareOf\": \"week\"} or {\"successesOf\": \"week\", \"planned\": 10}");
        } else if (share.isPresent()) {
            planned.ifPresent(p -> problems.add(p, "no \"planned\" beside \"shareOf\"; it goes with \"successesOf\""));
            hold = members.word(share.get(), GRAINS).map(word -> Hold.shareOf(Grain.parse(word)));
        } else {
            Optional<Grain> grain =
                    members.word(successes.orElseThrow(), GRAINS).map(Grain::parse);
            if (planned.isEmpty()) {
                hold = grain.map(Hold::successesOf);
            } else {
                Optional<Integer> number = count(planned.get(), 1, "periods", problems);
                hold = grain.isPresent() && number.isPresent()
                        ? Optional.of(Hold.successes(number.get(), grain.get()))
                        : Optional.empty();
            }
        }
        members.end();
        return hold;
    }

    /** A whole number up to ten years of days. */
    static Optional<Integer> count(LocatedJson node, int least, String of, Problems problems) {
        if (node.is(LocatedJson.Kind.NUMBER)) {
            try {
                int number = node.number().intValueExact();
                if (number >= least && number <= MOST_DAYS) {
                    return Optional.of(number);
                }
            } catch (ArithmeticException e) {
                // Noted below.
            }
        }
        problems.add(node, "a whole number of " + of + " from " + least + " to " + MOST_DAYS);
        return Optional.empty();
    }

    static Optional<Unit> unit(LocatedJson node, Problems problems) {
        String word = node.is(LocatedJson.Kind.TEXT) ? node.text() : "";
        if (!word.equals("seconds")) { // in a plan times are durations
            try {
                return Optional.of(word.equals("duration") ? Unit.SECONDS : Unit.parse(word));
            } catch (IllegalArgumentException e) {
                // Noted below.
            }
        }
        problems.add(node, "a unit: one of " + String.join(", ", UNITS) + DidYouMean.suffix(word, UNITS));
        return Optional.empty();
    }

    static String unit(Unit unit) {
        return unit.equals(Unit.SECONDS) ? "duration" : unit.toString();
    }

    /** A share from 0% to 100%. */
    static OptionalDouble share(LocatedJson node, Problems problems) {
        return Amounts.read(node, SHARE, problems);
    }

    static Optional<FiscalYear> fiscalYear(LocatedJson node, Problems problems) {
        Members members = new Members(node, problems);
        Optional<LocatedJson> month = members.required("startMonth", "the month of its first day, 1 to 12");
        Optional<LocatedJson> by =
                members.required("namedBy", "\"start\" or \"end\": the calendar year that gives it its name");
        Optional<Month> starts = month.flatMap(m -> {
            int number =
                    m.is(LocatedJson.Kind.NUMBER) && m.text().matches("[0-9]{1,2}") ? Integer.parseInt(m.text()) : 0;
            if (number < 1 || number > 12) {
                problems.add(m, "the month of its first day, 1 to 12");
                return Optional.empty();
            }
            return Optional.of(Month.of(number));
        });
        Optional<FiscalYear.NamedBy> named = by.flatMap(b -> members.word(b, "start", "end"))
                .map(word -> FiscalYear.NamedBy.valueOf(word.toUpperCase(Locale.ROOT)));
        members.end();
        return starts.isPresent() && named.isPresent()
                ? Optional.of(new FiscalYear(starts.get(), named.get()))
                : Optional.empty();
    }

    static Optional<StatusRule> statusRule(LocatedJson node, Problems problems) {
        Members members = new Members(node, problems);
        StatusRule rule = members.required("by", "\"probability\", \"difference\" or \"ratio\"")
                .flatMap(word -> members.word(word, "probability", "difference", "ratio"))
                .map(word -> StatusRule.by(StatusRule.By.valueOf(word.toUpperCase(Locale.ROOT))))
                .orElse(StatusRule.byProbability());
        OptionalDouble onTrack =
                members.optional("onTrack").map(n -> threshold(n, problems)).orElse(OptionalDouble.empty());
        OptionalDouble behind =
                members.optional("behind").map(n -> threshold(n, problems)).orElse(OptionalDouble.empty());
        Optional<Integer> grace = members.optional("graceDays").flatMap(n -> count(n, 0, "days", problems));
        members.end();
        try {
            return Optional.of(rule.withThresholds(onTrack.orElse(rule.onTrack()), behind.orElse(rule.behind()))
                    .withGraceDays(grace.orElse(0)));
        } catch (IllegalArgumentException e) {
            problems.add(node, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** A threshold in percent, which may be over 100 % for a ratio. */
    private static OptionalDouble threshold(LocatedJson node, Problems problems) {
        return Amounts.read(node, new Amounts.Scale(Unit.SHARE, "status", false), problems);
    }
}
