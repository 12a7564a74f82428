package io.cxmetrics.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cxmetrics.field.Money;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;

/**
 * Money as JSON: {@code {"amount": 85000, "currency": "EUR"}}.
 *
 * @since 0.1
 */
public final class MoneyJson {

    private MoneyJson() {}

    /**
     * Reads an amount of money.
     *
     * @param node the value
     * @param problems where problems are noted
     * @return the money
     */
    public static Optional<Money> read(LocatedJson node, Problems problems) {
        String expected = "money such as {\"amount\": 85000, \"currency\": \"EUR\"}";
        if (!node.is(LocatedJson.Kind.OBJECT)) {
            problems.add(node, expected);
            return Optional.empty();
        }
        Members members = new Members(node, problems);
        members.required("amount", expected);
        Optional<BigDecimal> amount = members.number("amount");
        Optional<Currency> currency = members.required("currency", expected)
                .flatMap(code -> members.parsed(code, "an ISO 4217 currency code such as \"EUR\"", Money::currency));
        members.end();
        if (amount.isEmpty() || currency.isEmpty()) {
            return Optional.empty();
        }
        try {
            Money money = new Money(amount.get(), currency.get());
            money.minorUnits();
            return Optional.of(money);
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(node, "an amount that is too fine or too large", expected);
            return Optional.empty();
        }
    }

    static void write(JsonGenerator json, long minorUnits, Currency currency) throws IOException {
        json.writeStartObject();
        json.writeNumberField("amount", BigDecimal.valueOf(minorUnits, Money.digits(currency)));
        json.writeStringField("currency", currency.getCurrencyCode());
        json.writeEndObject();
    }
}
