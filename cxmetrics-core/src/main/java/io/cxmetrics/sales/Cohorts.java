package io.cxmetrics.sales;

import io.cxmetrics.field.Fields;
import io.cxmetrics.time.Grain;
import io.cxmetrics.time.Period;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Cohorts of customers by the period of their first activity, and who was active in which later period: the rows of a
 * retention curve.
 *
 * <pre>{@code
 * List<Cohorts.Member> rows = Cohorts.of(Grain.MONTH, orders, Order::customer, Order::date, LocalDate.of(2026, 7, 1));
 * Scorecard.over(Cohorts.fields()).by("cohort", "offset").kpis(LoyaltyKpis.cohortRetention()).compute(rows);
 * }</pre>
 *
 * <p>A period counts only if it is complete: for each customer there is a row for the first period (offset 0, always
 * active) and for each later one that had ended by the given day. Younger cohorts therefore have shorter curves, and the
 * curve over all cohorts has a smaller n at large offsets. Rows name no customer.
 *
 * @since 0.1
 */
public final class Cohorts {

    /**
     * One customer in one period. Immutable.
     *
     * @param cohort the period of the customer's first activity
     * @param offset how many periods later
     * @param active whether the customer was active in it
     */
    public record Member(Period cohort, int offset, boolean active) {}

    private Cohorts() {}

    /**
     * The rows of the cohorts.
     *
     * @param <E> the type of the activities
     * @param grain the length of the periods
     * @param activities orders, contacts, log-ins, in any order
     * @param customer gives whose activity it is
     * @param date gives its day
     * @param completeUntil the day before which all activities are known, exclusive: periods that end later are left out
     * @return one row for each customer and complete period from the first on, in the order of the cohorts
     */
    public static <E> List<Member> of(
            Grain grain,
            Iterable<? extends E> activities,
            Function<? super E, String> customer,
            Function<? super E, LocalDate> date,
            LocalDate completeUntil) {
        SortedMap<String, SortedSet<Period>> active = new TreeMap<>();
        for (E activity : activities) {
            active.computeIfAbsent(customer.apply(activity), c -> new TreeSet<>())
                    .add(grain.of(date.apply(activity)));
        }
        SortedMap<Period, List<Member>> rows = new TreeMap<>();
        for (Map.Entry<String, SortedSet<Period>> entry : active.entrySet()) {
            Period first = entry.getValue().first();
            int offset = 0;
            for (Period period = first; !period.end().isAfter(completeUntil); period = grain.of(period.end())) {
                rows.computeIfAbsent(first, p -> new ArrayList<>())
                        .add(new Member(first, offset, entry.getValue().contains(period)));
                offset++;
            }
        }
        return rows.values().stream().flatMap(List::stream).toList();
    }

    /**
     * The fields of the rows: the text {@code cohort}, the whole number {@code offset} and the flag {@code active}.
     *
     * @return the fields
     */
    public static Fields<Member> fields() {
        return Fields.of(Member.class)
                .text("cohort", member -> member.cohort().toString())
                .whole("offset", Member::offset)
                .flag(LoyaltyKpis.ACTIVE, Member::active);
    }
}
