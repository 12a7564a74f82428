package io.cxmetrics.field;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Expressions made ready to run over batches of one source: fields are resolved, derived fields are replaced by their
 * definitions, and every distinct sub-expression is evaluated once per batch. For engines; users meet it through
 * {@code Kpi} and {@code Scorecard}.
 *
 * <p>Mutable (it owns the columns of the current batch), for one thread.
 *
 * @param <E> the type of the records
 * @since 0.1
 */
public final class Program<E> {
    @FunctionalInterface
    private interface Step {
        void run(int size);
    }

    private final Fields<E> source;
    private final Map<Field, Column> inputs = new HashMap<>();
    private final Map<Expression, Column> columns = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Expression> resolving = new ArrayList<>();

    /**
     * A program without expressions.
     *
     * @param source where the fields come from
     */
    public Program(Fields<E> source) {
        this.source = source;
    }

    /**
     * Adds an expression.
     *
     * @param expression the expression
     * @return the column that holds its values after each {@link #run}
     * @throws IllegalArgumentException if the source lacks a field or has it in another type
     */
    public Column add(Expression expression) {
        Column known = columns.get(expression);
        if (known != null) {
            return known;
        }
        Column column = compile(expression);
        columns.put(expression, column);
        return column;
    }

    /**
     * Evaluates all expressions over a batch.
     *
     * @param batch the records
     */
    public void run(Batch<? extends E> batch) {
        inputs.forEach((field, column) -> source.read(field, batch, column));
        for (Step step : steps) {
            step.run(batch.size());
        }
    }

    private Column compile(Expression node) {
        if (node instanceof Quantity.Of<?> of) {
            return field(of.field());
        } else if (node instanceof Text text) {
            return field(text.field());
        } else if (node instanceof Condition.Flag flag) {
            return field(flag.field());
        } else if (node instanceof Quantity.Constant<?> constant) {
            Column column = new Column("constant", constant.type(), Batch.CAPACITY);
            column.fill(Column.KNOWN, constant.encoded());
            return column;
        } else if (node instanceof Condition.Always) {
            Column column = new Column("always", FieldType.FLAG, Batch.CAPACITY);
            column.fill(Column.KNOWN, 1);
            return column;
        } else if (node instanceof Quantity.Within<?> within) {
            return within(within);
        } else if (node instanceof Quantity.Arithmetic<?> arithmetic) {
            return arithmetic(arithmetic);
        } else if (node instanceof Quantity.Choice<?> choice) {
            return choice(choice);
        } else if (node instanceof Condition.Compare compare) {
            return compare(compare);
        } else if (node instanceof Condition.TextIn in) {
            return textIn(in);
        } else if (node instanceof Condition.Missing missing) {
            return missing(missing);
        } else if (node instanceof Condition.Not not) {
            return not(not);
        } else if (node instanceof Condition.All all) {
            return joined(all.of(), true);
        } else if (node instanceof Condition.Any any) {
            return joined(any.of(), false);
        }
        throw new AssertionError(node);
    }

    private Column field(Field field) {
        Expression definition = source.definition(field);
        if (definition == null) {
            return inputs.computeIfAbsent(field, f -> new Column(f.name(), f.type(), Batch.CAPACITY));
        }
        if (resolving.contains(definition)) {
            throw new IllegalArgumentException("field '" + field.name() + "' is derived from itself: " + definition);
        }
        resolving.add(definition);
        Column column = add(definition);
        resolving.remove(definition);
        return column;
    }

    private Column choice(Quantity.Choice<?> node) {
        byte[] when = add(node.when()).states();
        Column then = add(node.then());
        Column otherwise = add(node.otherwise());
        Column to = new Column("choice", node.type(), Batch.CAPACITY);
        steps.add(size -> {
            for (int i = 0; i < size; i++) {
                Column chosen = (when[i] & Column.KNOWN) != 0 ? then : otherwise;
                boolean decided = (when[i] & (Column.KNOWN | Column.FALSE)) != 0;
                to.states()[i] = decided ? chosen.states()[i] : (byte) (when[i] & Column.REJECTED);
                to.values()[i] = chosen.values()[i];
            }
        });
        return to;
    }

    private Column condition() {
        return new Column("condition", FieldType.FLAG, Batch.CAPACITY);
    }

    private Column within(Quantity.Within<?> node) {
        Column of = add(node.of());
        Column to = of.withOwnStates();
        long low = node.low();
        long high = node.high();
        byte[] from = of.states();
        byte[] states = to.states();
        long[] values = of.values();
        steps.add(size -> {
            for (int i = 0; i < size; i++) {
                boolean off = from[i] == Column.KNOWN && (values[i] < low || values[i] > high);
                states[i] = off ? Column.REJECTED : from[i];
            }
        });
        return to;
    }

    private Column compare(Condition.Compare node) {
        long[] left = add(node.left()).values();
        long[] right = add(node.right()).values();
        byte[] leftStates = add(node.left()).states();
        byte[] rightStates = add(node.right()).states();
        Column to = condition();
        byte[] states = to.states();
        Condition.Operator operator = node.operator();
        steps.add(size -> {
            // Each relation is the sign of the order, or its opposite; the table has true for the signs that hold.
            byte[] table = table(operator);
            for (int i = 0; i < size; i++) {
                int both = leftStates[i] & rightStates[i] & Column.KNOWN;
                byte holds = table[Integer.signum(Long.compare(left[i], right[i])) + 1];
                states[i] = both != 0 ? holds : (byte) ((leftStates[i] | rightStates[i]) & Column.REJECTED);
            }
        });
        return to;
    }

    private static byte[] table(Condition.Operator operator) {
        return switch (operator) {
            case LT -> new byte[] {Column.KNOWN, Column.FALSE, Column.FALSE};
            case LE -> new byte[] {Column.KNOWN, Column.KNOWN, Column.FALSE};
            case GT -> new byte[] {Column.FALSE, Column.FALSE, Column.KNOWN};
            case GE -> new byte[] {Column.FALSE, Column.KNOWN, Column.KNOWN};
            case EQ -> new byte[] {Column.FALSE, Column.KNOWN, Column.FALSE};
        };
    }

    private Column textIn(Condition.TextIn node) {
        Column of = add(node.text());
        Column to = condition();
        java.util.Set<String> values = java.util.Set.copyOf(node.values());
        steps.add(size -> {
            for (int i = 0; i < size; i++) {
                byte state = of.states()[i];
                to.states()[i] =
                        state != Column.KNOWN ? state : values.contains(of.texts()[i]) ? Column.KNOWN : Column.FALSE;
            }
        });
        return to;
    }

    private Column missing(Condition.Missing node) {
        byte[] from = add(node.of()).states();
        Column to = condition();
        byte[] states = to.states();
        steps.add(size -> {
            for (int i = 0; i < size; i++) {
                byte state = from[i];
                boolean known = (state & (Column.KNOWN | Column.FALSE)) != 0;
                states[i] = known ? Column.FALSE : state == Column.REJECTED ? Column.REJECTED : Column.KNOWN;
            }
        });
        return to;
    }

    private Column not(Condition.Not node) {
        byte[] from = add(node.of()).states();
        Column to = condition();
        byte[] states = to.states();
        steps.add(size -> {
            for (int i = 0; i < size; i++) {
                int s = from[i];
                states[i] = (byte) (((s & 1) << 1) | ((s & 2) >> 1) | (s & Column.REJECTED));
            }
        });
        return to;
    }

    /** Three-valued and/or over bytes: bit 0 known true, bit 1 known false, bit 2 a rejected operand. */
    private Column joined(List<Condition> of, boolean all) {
        List<byte[]> parts = of.stream().map(c -> add(c).states()).toList();
        Column to = condition();
        byte[] states = to.states();
        steps.add(size -> {
            System.arraycopy(parts.get(0), 0, states, 0, size);
            for (int p = 1; p < parts.size(); p++) {
                byte[] part = parts.get(p);
                for (int i = 0; i < size; i++) {
                    int a = states[i];
                    int b = part[i];
                    states[i] = (byte) (all ? (a & b & 1) | ((a | b) & 6) : (a & b & 2) | ((a | b) & 5));
                }
            }
        });
        return to;
    }

    private Column arithmetic(Quantity.Arithmetic<?> node) {
        Column left = add(node.left());
        Column right = add(node.right());
        Column to = new Column("result", node.type(), Batch.CAPACITY);
        FieldType leftType = node.left().type();
        FieldType rightType = node.right().type();
        Quantity.Arithmetic.Operator operator = node.operator();
        boolean real = node.type() == FieldType.NUMBER;
        long maximum = node.type().maximum();
        steps.add(size -> {
            for (int i = 0; i < size; i++) {
                int a = left.states()[i];
                int b = right.states()[i];
                if ((a & b & Column.KNOWN) == 0) {
                    to.states()[i] = (byte) ((a | b) & Column.REJECTED);
                    continue;
                }
                boolean inRange;
                long result = 0;
                if (real) {
                    double value =
                            calculate(real(left.values()[i], leftType), operator, real(right.values()[i], rightType));
                    inRange = Double.isFinite(value);
                    result = inRange ? FieldType.encodeNumber(value) : 0;
                } else {
                    long x = left.values()[i];
                    long y = right.values()[i];
                    result = operator == Quantity.Arithmetic.Operator.PLUS ? x + y : x - y;
                    boolean overflow = operator == Quantity.Arithmetic.Operator.PLUS
                            ? ((x ^ result) & (y ^ result)) < 0
                            : ((x ^ y) & (x ^ result)) < 0;
                    inRange = !overflow && result <= maximum && result >= -maximum;
                }
                to.states()[i] = inRange ? Column.KNOWN : Column.REJECTED;
                to.values()[i] = result;
            }
        });
        return to;
    }

    private static double real(long encoded, FieldType type) {
        return type == FieldType.NUMBER ? FieldType.decodeNumber(encoded) : encoded;
    }

    private static double calculate(double x, Quantity.Arithmetic.Operator operator, double y) {
        return switch (operator) {
            case PLUS -> x + y;
            case MINUS -> x - y;
            case TIMES -> x * y;
            case DIVIDED_BY -> y == 0 ? Double.NaN : x / y;
        };
    }

    /**
     * Why an expression is rejected in a row of the current batch.
     *
     * @param expression an expression of this program
     * @param row a row in which its state is rejected
     * @return the first rejected value in the order of the expression, or null if there is none
     */
    public @Nullable Rejection rejection(Expression expression, int row) {
        Column column = columns.get(expression);
        if (column == null || (column.states()[row] & Column.REJECTED) == 0) {
            return null;
        }
        Rejection read = column.rejection(row);
        if (read != null) {
            return read;
        }
        for (Expression operand : expression instanceof Quantity.Choice<?> choice
                ? List.of(decisive(choice, row))
                : operands(expression)) {
            Rejection inner = rejection(operand, row);
            if (inner != null) {
                return inner;
            }
        }
        if (expression instanceof Quantity.Within<?> within) {
            String found = within.type().shown(add(within.of()).values()[row]);
            return new Rejection(subject(within.of()), found, "expected " + within.shownRange());
        }
        return new Rejection(subject(expression), expression.toString(), "the result is out of range");
    }

    /** The part of a choice that its state in a row comes from. */
    private Expression decisive(Quantity.Choice<?> choice, int row) {
        int when = add(choice.when()).states()[row];
        return (when & Column.KNOWN) != 0
                ? choice.then()
                : (when & Column.FALSE) != 0 ? choice.otherwise() : choice.when();
    }

    private List<Expression> operands(Expression expression) {
        Expression definition =
                expression.operands().isEmpty() && expression.fields().size() == 1
                        ? source.definition(expression.fields().iterator().next())
                        : null;
        return definition == null ? expression.operands() : List.of(definition);
    }

    private static String subject(Expression expression) {
        return String.join(
                " and ", expression.fields().stream().map(Field::name).toList());
    }
}
