package io.cxmetrics.spark;

import io.cxmetrics.json.Definitions;
import io.cxmetrics.spark.CxFunction.Answers;
import io.cxmetrics.spark.SparkRows.Kind;
import io.cxmetrics.spark.SparkRows.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Makes the calls of the functions: which columns they read, and what is wrong with a call, is known when Spark resolves it.
 * Spark's internal registry is used, since the functions of the public one have a fixed number of arguments.
 */
final class Functions {
    private final String json;
    private final Definitions definitions;
    private final @Nullable String zone;

    private Functions(String json, String zone) {
        this.json = json;
        this.definitions = Card.definitions(json);
        this.zone = zone;
    }

    static void register(SparkSession spark, String json) {
        Functions functions = new Functions(json, spark.sessionState().conf().sessionLocalTimeZone());
        FunctionRegistry registry = spark.sessionState().functionRegistry();
        add(registry, "cx_kpi", call -> functions.kpi("cx_kpi", Answers.VALUE, call));
        add(registry, "cx_state", call -> functions.kpi("cx_state", Answers.STATISTIC, call));
        add(registry, "cx_merge", functions::merge);
        add(registry, "cx_scorecard", functions::scorecard);
        add(registry, "cx_merge_scorecard", functions::mergeScorecards);
    }

    /** Makes the expression of a call. */
    @FunctionalInterface
    private interface Maker {
        Expression make(List<Expression> arguments);
    }

    private static void add(FunctionRegistry registry, String name, Maker maker) {
        scala.Function1<Seq<Expression>, Expression> builder =
                arguments -> maker.make(new ArrayList<>(CollectionConverters.asJava(arguments)));
        registry.createOrReplaceTempFunction(name, builder, "scala_udf");
    }

    private Expression kpi(String function, Answers answers, List<Expression> arguments) {
        String id = id(function, arguments);
        return columns(function, answers, id, arguments.subList(1, arguments.size()));
    }

    private Expression scorecard(List<Expression> arguments) {
        return columns("cx_scorecard", Answers.RESULT, null, arguments);
    }

    private Expression columns(String function, Answers answers, @Nullable String kpi, List<Expression> arguments) {
        List<String> columns = Card.columns(definitions, kpi);
        if (arguments.size() != columns.size()) {
            throw new IllegalArgumentException("found " + counted(arguments.size()) + " in " + function
                    + (kpi == null ? "" : " of KPI '" + kpi + "'") + "; expected " + counted(columns.size()) + ": "
                    + usage(function, kpi, columns));
        }
        Map<String, DataType> types = new LinkedHashMap<>();
        Map<String, Expression> values = new LinkedHashMap<>();
        for (int c = 0; c < columns.size(); c++) {
            DataType type = arguments.get(c).dataType();
            if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
                throw new IllegalArgumentException("column " + columns.get(c) + " of "
                        + usage(function, kpi, columns) + ": found " + type.sql()
                        + ", expected text, a number, a boolean, a date or a timestamp");
            }
            types.put(columns.get(c), type);
            values.put(columns.get(c), arguments.get(c));
        }
        Card card = Card.of(json, kpi, types);
        List<Expression> inputs = new ArrayList<>();
        for (Slot slot : card.slots()) {
            Expression value = Objects.requireNonNull(values.get(slot.column()));
            boolean isText = value.dataType().equals(DataTypes.StringType);
            inputs.add(
                    slot.kind() == Kind.TEXT && !isText
                            ? new Cast(value, DataTypes.StringType, Option.apply(zone), Cast.apply$default$4())
                            : value);
        }
        return new CxAggregate(new CxFunction(function, card, false, answers), seq(inputs), 0, 0);
    }

    private Expression merge(List<Expression> arguments) {
        String id = id("cx_merge", arguments);
        Card card = Card.of(json, id, Map.of());
        return states("cx_merge", card, Answers.STATISTIC, arguments.subList(1, arguments.size()));
    }

    private Expression mergeScorecards(List<Expression> arguments) {
        return states("cx_merge_scorecard", Card.of(json, null, Map.of()), Answers.RESULT, arguments);
    }

    private static Expression states(String function, Card card, Answers answers, List<Expression> arguments) {
        if (arguments.size() != 1 || !arguments.get(0).dataType().equals(DataTypes.BinaryType)) {
            throw new IllegalArgumentException("found "
                    + (arguments.size() == 1 ? arguments.get(0).dataType().sql() : counted(arguments.size())) + " in "
                    + function + "; expected one column of stored forms, which are BINARY");
        }
        return new CxAggregate(new CxFunction(function, card, true, answers), seq(arguments), 0, 0);
    }

    /** The KPI's id, which must be known before there are rows. */
    private String id(String function, List<Expression> arguments) {
        Expression first = arguments.isEmpty() ? null : arguments.get(0);
        if (first == null || !first.foldable() || !first.dataType().equals(DataTypes.StringType)) {
            throw new IllegalArgumentException("found no KPI in " + function + "; expected its id first, such as "
                    + usage(function, definitions.kpis().keySet().iterator().next(), null));
        }
        Object id = first.eval(InternalRow.empty());
        String text = id instanceof UTF8String bytes ? bytes.toString() : String.valueOf(id);
        Card.columns(definitions, text);
        return text;
    }

    private String usage(String function, @Nullable String kpi, @Nullable List<String> columns) {
        List<String> arguments = new ArrayList<>();
        if (kpi != null) {
            arguments.add("'" + kpi + "'");
        }
        arguments.addAll(
                columns != null
                        ? columns
                        : function.equals("cx_merge") ? List.of("state") : Card.columns(definitions, kpi));
        return function + "(" + String.join(", ", arguments) + ")";
    }

    private static String counted(int columns) {
        return columns == 1 ? "1 column" : columns + " columns";
    }

    private static Seq<Expression> seq(List<Expression> list) {
        return CollectionConverters.asScala(list).toSeq();
    }
}
