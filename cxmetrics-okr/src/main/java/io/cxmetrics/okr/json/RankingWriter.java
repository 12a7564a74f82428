package io.cxmetrics.okr.json;

import io.cxmetrics.Interval;
import io.cxmetrics.field.Money;
import io.cxmetrics.money.Worth;
import io.cxmetrics.money.WorthInput;
import io.cxmetrics.okr.Objective;
import io.cxmetrics.okr.priority.Factor;
import io.cxmetrics.okr.priority.Priority;
import io.cxmetrics.okr.priority.Ranking;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a ranking for programs: every factor with its bounds, every reason as its sentence. */
final class RankingWriter {
    /** The version of the format. */
    static final int VERSION = 1;

    private static final double LEVEL = 0.95;

    private RankingWriter() {}

    static String text(Ranking ranking) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("priorities", BigDecimal.valueOf(VERSION));
        members.put("journey", ranking.journey().id());
        members.put("factors", ranking.counting().stream().map(Factor::words).toList());
        members.put("leftOut", ranking.leftOut().stream().map(Factor::words).toList());
        members.put("draws", BigDecimal.valueOf(ranking.draws()));
        members.put(
                "ranked", ranking.ranked().stream().map(RankingWriter::priority).toList());
        members.put(
                "unranked",
                ranking.unranked().stream().map(RankingWriter::priority).toList());
        members.put("remarks", ranking.remarks());
        return JsonLayout.text(members);
    }

    private static Map<String, Object> priority(Priority priority) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("touchpoint", priority.touchpoint().id());
        put(members, "owner", priority.touchpoint().owner());
        if (priority.rank() > 0) {
            members.put("rank", BigDecimal.valueOf(priority.rank()));
            members.put("product", number(priority.product().orElseThrow()));
            priority.relative().ifPresent(relative -> members.put("percentOfFirst", number(relative)));
            members.put("first", number(priority.first()));
            members.put("highestRank", BigDecimal.valueOf(priority.highest()));
            members.put("lowestRank", BigDecimal.valueOf(priority.lowest()));
        }
        Map<String, Object> factors = new LinkedHashMap<>();
        priority.factors().forEach((factor, input) -> factors.put(factor.words(), input(input)));
        members.put("factors", factors);
        Map<String, Object> missing = new LinkedHashMap<>();
        priority.missing().forEach((factor, why) -> missing.put(factor.words(), why));
        members.put("missing", missing);
        members.put("reasons", priority.reasons());
        members.put(
                "objectives", priority.objectives().stream().map(Objective::id).toList());
        members.put(
                "initiatives", priority.work().stream().map(RankingWriter::work).toList());
        members.put("owners", priority.owners());
        members.put("budget", priority.budget().stream().map(Amounts::money).toList());
        if (priority.worth() != null) {
            members.put("worth", worth(priority.worth()));
        }
        return members;
    }

    private static Map<String, Object> input(WorthInput input) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", input.name());
        members.put("known", input.kind().name().toLowerCase(Locale.ROOT));
        members.put("unit", input.unit().toString());
        members.put("value", number(input.value()));
        if (input.kind() != WorthInput.Kind.FIXED) {
            members.put("low", number(input.low()));
            members.put("high", number(input.high()));
        }
        return members;
    }

    private static Map<String, Object> work(Priority.Work work) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", work.initiative().id());
        put(members, "owner", work.initiative().owner());
        Money budget = work.initiative().budget();
        put(members, "budget", budget == null ? null : Amounts.money(budget));
        put(
                members,
                "status",
                work.initiative().status() == null
                        ? null
                        : work.initiative().status().word());
        members.put("objective", work.objective().id());
        members.put("alsoAt", work.elsewhere());
        return members;
    }

    private static Map<String, Object> worth(Worth worth) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("days", BigDecimal.valueOf(worth.horizon().toDays()));
        members.put("net", Amounts.money(worth.net()));
        Interval interval = worth.netInterval(LEVEL);
        members.put("low", number(interval.low()));
        members.put("high", number(interval.high()));
        members.put("investment", Amounts.money(worth.investment()));
        worth.roi().ifPresent(roi -> members.put("roi", number(roi)));
        members.put("chanceOfLoss", number(worth.chanceOfLoss()));
        return members;
    }

    private static BigDecimal number(double value) {
        return Amounts.number(new BigDecimal(Double.toString(value)));
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
