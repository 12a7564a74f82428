package io.cxmetrics.cli;

import io.cxmetrics.Unit;
import io.cxmetrics.field.Money;
import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Members;
import io.cxmetrics.json.MoneyJson;
import io.cxmetrics.json.Problems;
import io.cxmetrics.money.Worth;
import io.cxmetrics.money.WorthInput;
import io.cxmetrics.okr.priority.Priorities;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a customer is worth, and what is assumed of changes. All of it is stated by people, and reckoned with as such.
 *
 * <pre>{@code
 * {"version": 1,
 *  "customer": {"name": "margin of an order", "worth": {"amount": 9.50, "currency": "EUR"}},
 *  "changes": [{"touchpoint": "payment", "name": "shorter page", "days": 365,
 *    "moreCustomers": {"lowest": 1000, "likely": 3000, "highest": 4000},
 *    "investment": {"amount": 12000, "currency": "EUR"}}]}
 * }</pre>
 *
 * @param customer what one customer is worth
 * @param changes what changes are worth, by the id of their touchpoint
 */
record WorthFile(WorthInput customer, Map<String, Worth> changes) {

    /**
     * Reads the file.
     *
     * @throws Failure if it cannot be read
     * @throws JsonProblemsException with everything that is wrong with it
     */
    static WorthFile read(Path file) {
        Problems problems = new Problems();
        Members members = new Members(LocatedJson.parse(file.toString(), Json.text(file)), problems);
        members.required("version", "the version of this format, 1")
                .filter(node -> !node.text().equals("1"))
                .ifPresent(node -> problems.add(node, "1, the only version of the format that this release reads"));
        Optional<WorthInput> customer = members.required("customer", "what one customer is worth")
                .flatMap(node -> customer(new Members(node, problems)));
        Map<String, Worth> changes = new LinkedHashMap<>();
        List<LocatedJson> items =
                members.optional("changes").map(LocatedJson::items).orElse(List.of());
        for (LocatedJson node : items) {
            change(new Members(node, problems), customer, changes);
        }
        members.end();
        problems.throwIfAny();
        return new WorthFile(customer.orElseThrow(), changes);
    }

    private static Optional<WorthInput> customer(Members members) {
        Optional<String> name = members.requiredText("name", "what it is, such as \"margin of an order\"");
        Optional<Money> worth = members.required("worth", "an amount of money")
                .flatMap(node -> MoneyJson.read(node, members.problems()));
        members.end();
        return name.isPresent() && worth.isPresent()
                ? Optional.of(WorthInput.fixed(name.get(), worth.get()))
                : Optional.empty();
    }

    private static void change(Members members, Optional<WorthInput> customer, Map<String, Worth> changes) {
        Problems problems = members.problems();
        Optional<LocatedJson> touchpoint = members.required("touchpoint", "the id of a touchpoint");
        Optional<String> name = members.requiredText("name", "what is changed");
        Optional<Integer> days = members.whole("days");
        Optional<WorthInput> more = members.required("moreCustomers", "{\"lowest\": …, \"likely\": …, \"highest\": …}")
                .flatMap(node -> more(new Members(node, problems)));
        Optional<Money> investment = members.optional("investment").flatMap(node -> MoneyJson.read(node, problems));
        members.end();
        if (touchpoint.isEmpty() || name.isEmpty() || more.isEmpty() || customer.isEmpty()) {
            return;
        }
        try {
            Worth worth = Worth.over(
                            Duration.ofDays(days.orElse(365)),
                            String.valueOf(customer.get().unit().currency()))
                    .addedSales(name.get(), more.get(), customer.get());
            changes.put(touchpoint.get().text(), investment.isEmpty() ? worth : worth.investing(investment.get()));
        } catch (IllegalArgumentException e) {
            problems.add(members.object(), String.valueOf(e.getMessage()), "a change that can be reckoned with");
        }
    }

    private static Optional<WorthInput> more(Members members) {
        String expected = "a number of customers";
        members.required("lowest", expected);
        members.required("likely", expected);
        members.required("highest", expected);
        Optional<BigDecimal> lowest = members.number("lowest");
        Optional<BigDecimal> likely = members.number("likely");
        Optional<BigDecimal> highest = members.number("highest");
        members.end();
        if (lowest.isEmpty() || likely.isEmpty() || highest.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(WorthInput.stated(
                    "more customers who buy",
                    Unit.NUMBER,
                    lowest.get().doubleValue(),
                    likely.get().doubleValue(),
                    highest.get().doubleValue()));
        } catch (IllegalArgumentException e) {
            members.problems().add(members.object(), String.valueOf(e.getMessage()), "lowest ≤ likely ≤ highest");
            return Optional.empty();
        }
    }

    /** The priorities with all of it, of the touchpoints that the journey has. */
    Priorities in(Priorities priorities, List<String> touchpoints) {
        Priorities with = priorities.worth(customer);
        for (Map.Entry<String, Worth> change : changes.entrySet()) {
            if (touchpoints.contains(change.getKey())) {
                with = with.change(change.getKey(), change.getValue());
            }
        }
        return with;
    }
}
