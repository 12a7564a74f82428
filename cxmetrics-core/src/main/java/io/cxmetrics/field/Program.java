package io.cxmetrics.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Reads fields of a batch. */
    @FunctionalInterface
    private interface Read<E> {
        void run(Batch<? extends E> batch);
    }

    /** Of a column that keeps no numbers of texts; nothing is added. */
    private static final TextCodes NONE = new TextCodes();

    private final Fields<E> source;
    private final Map<Field, Column> inputs = new LinkedHashMap<>();
    private final Map<Field, Column> coded = new LinkedHashMap<>();
    private final Map<Field, ScaleCodes> answers = new LinkedHashMap<>();
    private final List<Read<E>> reads = new ArrayList<>();
    private final Map<Expression, Column> columns = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Expression> resolving = new ArrayList<>();
    private @Nullable Batch<? extends E> current;

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
     * Adds what decides the cell of a row. Of a text that is simply read, only its number is.
     *
     * @param key the expression
     * @return the column after each {@link #run}, with a {@linkplain Column#dictionary() dictionary} if it has numbers of texts
     * @throws IllegalArgumentException if the source lacks a field or has it in another type
     */
    public Column addKey(Expression key) {
        return key instanceof Text text && source.definition(text.field()) == null
                ? coded.computeIfAbsent(text.field(), field -> Column.coded(field.name()))
                : add(key);
    }

    /**
     * Adds the answers on a scale.
     *
     * @param scale the quantity and its range
     * @return the codes of the answers after each {@link #run}, or null if they do not fit bytes or are not simply read
     * @throws IllegalArgumentException if the source lacks the field or has it in another type
     */
    public @Nullable ScaleCodes answers(Quantity.Within<Long> scale) {
        boolean fits = scale.low() >= ScaleCodes.LOWEST && scale.high() <= ScaleCodes.HIGHEST;
        return fits && scale.of() instanceof Quantity.Of<Long> of && source.definition(of.field()) == null
                ? answers.computeIfAbsent(of.field(), ScaleCodes::new)
                : null;
    }

    /**
     * Adds the outcome of each row for a KPI.
     *
     * @param where the eligibility
     * @param required what a used row needs, at least one
     * @return the outcomes after each {@link #run}
     * @throws IllegalArgumentException if the source lacks a field or has it in another type
     */
    public Outcomes add(Condition where, List<? extends Expression> required) {
        List<byte[]> states = new ArrayList<>();
        required.forEach(expression -> states.add(add(expression).states()));
        Outcomes outcomes = new Outcomes(add(where).states(), List.copyOf(states));
        steps.add(outcomes::decide);
        return outcomes;
    }

    /**
     * Evaluates all expressions over a batch.
     *
     * @param batch the records
     */
    public void run(Batch<? extends E> batch) {
        if (reads.isEmpty()) {
            prepareReads();
        }
        current = batch;
        answers.values().forEach(ScaleCodes::begin);
        for (Read<E> read : reads) {
            read.run(batch);
        }
        for (Step step : steps) {
            step.run(batch.size());
        }
    }

    /**
     * Adds to what an accessor threw, as suppressed exception, which field of which record it was. The records are read once
     * more, one by one, to find it; if none throws now, nothing is added.
     *
     * @param thrown what {@link #run} threw
     * @param batch the records
     * @param before how many records were before this batch
     */
    public void explain(RuntimeException thrown, Batch<? extends E> batch, long before) {
        for (int i = 0; i < batch.size(); i++) {
            E record = batch.get(i);
            Batch<E> one = new Batch<>();
            one.add(record);
            for (Field field : fields()) {
                try {
                    source.reader(field).read(one, new Column(field.name(), field.type(), 1));
                } catch (RuntimeException again) {
                    String place = record instanceof Located located
                            ? located.source() + ":" + located.line()
                            : source.name() + ":" + (before + i + 1);
                    thrown.addSuppressed(new IllegalStateException("field '" + field.name() + "' of " + place
                            + " cannot be read. None of the " + batch.size() + " rows from row " + (before + 1)
                            + " on that were evaluated together is counted, all before them are"));
                    return;
                }
            }
        }
    }

    private Set<Field> fields() {
        Set<Field> fields = new LinkedHashSet<>(inputs.keySet());
        fields.addAll(coded.keySet());
        fields.addAll(answers.keySet());
        return fields;
    }

    /** Fields with accessors are read together, others one by one. */
    private void prepareReads() {
        List<Accessor<E>> accessors = new ArrayList<>();
        List<Column> accessed = new ArrayList<>();
        inputs.forEach((field, column) -> prepareRead(field, column, Accessor.Form.FULL, accessors, accessed));
        coded.forEach((field, column) -> prepareRead(field, column, Accessor.Form.CODE, accessors, accessed));
        answers.forEach((field, codes) -> prepareAnswers(field, codes, accessors, accessed));
        for (int from = 0; from < accessors.size(); from += FusedLoop.MOST) {
            int to = Math.min(accessors.size(), from + FusedLoop.MOST);
            reads.add(together(List.copyOf(accessors.subList(from, to)), List.copyOf(accessed.subList(from, to))));
        }
        // Codes whose values are needed too are taken from these.
        answers.forEach((field, codes) -> {
            Column values = codes.values();
            if (values != null) {
                reads.add(batch -> codes.encode(values, batch.size()));
            }
        });
    }

    private void prepareRead(
            Field field, Column column, Accessor.Form form, List<Accessor<E>> accessors, List<Column> accessed) {
        Fields.Reader<E> reader = source.reader(field);
        if (reader instanceof Accessor<E> accessor) {
            accessors.add(accessor.in(form));
            accessed.add(column);
        } else {
            reads.add(batch -> {
                column.clear();
                reader.read(batch, column);
            });
        }
    }

    @SuppressWarnings("unchecked") // The reader is one of this source.
    private void prepareAnswers(Field field, ScaleCodes codes, List<Accessor<E>> accessors, List<Column> accessed) {
        Fields.Reader<E> reader = source.reader(field);
        Column values = inputs.get(field);
        if (values != null) {
            codes.values(values);
        } else if (reader instanceof Accessor<E> accessor) {
            accessors.add(accessor.in(Accessor.Form.ANSWER));
            accessed.add(Column.ofStates(field.name(), codes.codes()));
        } else if (reader instanceof ScaleCodes.Reader<?> direct) {
            reads.add(batch -> ((ScaleCodes.Reader<E>) direct).readAnswers(batch, codes));
        } else {
            reads.add(batch -> codes.encode(codes.full(reader, batch), batch.size()));
        }
    }

    private Read<E> together(List<Accessor<E>> accessors, List<Column> into) {
        FusedReader loop = source.fused(accessors);
        byte[][] states = new byte[FusedLoop.MOST][];
        long[][] values = new long[FusedLoop.MOST][];
        String[][] texts = new String[FusedLoop.MOST][];
        TextCodes[] codes = new TextCodes[FusedLoop.MOST];
        for (int k = 0; k < into.size(); k++) {
            states[k] = into.get(k).states();
            values[k] = into.get(k).values();
            texts[k] = into.get(k).texts();
            TextCodes dictionary = into.get(k).dictionary();
            codes[k] = dictionary == null ? NONE : dictionary;
        }
        return batch -> {
            into.forEach(Column::clear);
            if (loop == null) {
                for (int k = 0; k < into.size(); k++) {
                    accessors.get(k).read(batch, into.get(k));
                }
                return;
            }
            boolean odd = loop.read(batch.records(), batch.size(), states, values, texts, codes);
            for (int k = 0; odd && k < into.size(); k++) {
                accessors.get(k).readOdd(batch, into.get(k));
            }
        };
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
            System.arraycopy(from, 0, states, 0, size);
            if (maybeOutside(values, low, high, size)) {
                for (int i = 0; i < size; i++) {
                    int off = from[i] & (less(values[i], low) | less(high, values[i]));
                    states[i] = (byte) (from[i] ^ off * (Column.KNOWN | Column.REJECTED));
                }
            }
        });
        return to;
    }

    /**
     * Whether a value may lie outside of a range; false only if none does. In vector instructions: the differences to both
     * ends have a sign if the value is outside (or if they overflow, or if the row has no value and an old one is there).
     */
    private static boolean maybeOutside(long[] values, long low, long high, int size) {
        long signs = 0;
        for (int i = 0; i < size; i++) {
            signs |= (values[i] - low) | (high - values[i]);
        }
        return signs < 0;
    }

    /** 1 if a is less than b, otherwise 0; compiled without a branch: which rows qualify is often a coin toss. */
    private static int less(long a, long b) {
        return a < b ? 1 : 0;
    }

    private Column compare(Condition.Compare node) {
        long[] left = add(node.left()).values();
        long[] right = add(node.right()).values();
        byte[] leftStates = add(node.left()).states();
        byte[] rightStates = add(node.right()).states();
        Column to = condition();
        byte[] states = to.states();
        // Every relation is a < b or a > b, or the opposite of one of them; equal is neither.
        Condition.Operator operator = node.operator();
        boolean byLess = operator == Condition.Operator.LT || operator == Condition.Operator.GE;
        boolean byGreater = operator == Condition.Operator.GT || operator == Condition.Operator.LE;
        int opposite = operator == Condition.Operator.LT || operator == Condition.Operator.GT ? 0 : 1;
        if (byLess) {
            steps.add(size -> compareLess(left, right, leftStates, rightStates, opposite, states, size));
        } else if (byGreater) {
            steps.add(size -> compareLess(right, left, leftStates, rightStates, opposite, states, size));
        } else {
            steps.add(size -> {
                for (int i = 0; i < size; i++) {
                    states[i] = (byte) (1 ^ (less(left[i], right[i]) | less(right[i], left[i])));
                }
                States.relation(leftStates, rightStates, states, states, size);
            });
        }
        return to;
    }

    private static void compareLess(
            long[] a, long[] b, byte[] leftStates, byte[] rightStates, int opposite, byte[] states, int size) {
        for (int i = 0; i < size; i++) {
            states[i] = (byte) (less(a[i], b[i]) ^ opposite);
        }
        States.relation(leftStates, rightStates, states, states, size);
    }

    private Column textIn(Condition.TextIn node) {
        Column of = add(node.text());
        Column to = condition();
        Set<String> values = Set.copyOf(node.values());
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
        steps.add(size -> States.missing(from, to.states(), size));
        return to;
    }

    private Column not(Condition.Not node) {
        byte[] from = add(node.of()).states();
        Column to = condition();
        steps.add(size -> States.not(from, to.states(), size));
        return to;
    }

    private Column joined(List<Condition> of, boolean all) {
        List<byte[]> parts = of.stream().map(c -> add(c).states()).toList();
        Column to = condition();
        byte[] states = to.states();
        steps.add(size -> {
            System.arraycopy(parts.get(0), 0, states, 0, size);
            for (byte[] part : parts.subList(1, parts.size())) {
                if (all) {
                    States.and(states, part, states, size);
                } else {
                    States.or(states, part, states, size);
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
        long maximum = node.type().maximum();
        steps.add(
                node.type() == FieldType.NUMBER
                        ? size -> {
                            for (int i = 0; i < size; i++) {
                                double value = calculate(
                                        real(left.values()[i], leftType), operator, real(right.values()[i], rightType));
                                boolean inRange = Double.isFinite(value);
                                to.states()[i] = (byte) (inRange ? 1 : 0);
                                to.values()[i] = inRange ? FieldType.encodeNumber(value) : 0;
                            }
                            States.result(left.states(), right.states(), to.states(), to.states(), size);
                        }
                        : size ->
                                wholes(left, right, operator == Quantity.Arithmetic.Operator.PLUS, maximum, to, size));
        return to;
    }

    /** Sums and differences of whole units, in loops that the compiler turns into vector instructions. */
    private static void wholes(Column left, Column right, boolean plus, long maximum, Column to, int size) {
        long[] x = left.values();
        long[] y = right.values();
        long[] values = to.values();
        byte[] states = to.states();
        if (plus) {
            for (int i = 0; i < size; i++) {
                values[i] = x[i] + y[i];
            }
        } else {
            for (int i = 0; i < size; i++) {
                values[i] = x[i] - y[i];
            }
        }
        // Points in time can overflow: the result has then not the sign that the operands demand.
        long signs = 0;
        for (int i = 0; i < size; i++) {
            long overflow = (x[i] ^ values[i]) & (plus ? y[i] ^ values[i] : x[i] ^ y[i]);
            signs |= overflow | (maximum - values[i]) | (values[i] + maximum);
        }
        if (signs >= 0) {
            Arrays.fill(states, 0, size, (byte) 1);
        } else {
            for (int i = 0; i < size; i++) {
                long overflow = (x[i] ^ values[i]) & (plus ? y[i] ^ values[i] : x[i] ^ y[i]);
                states[i] = (byte) (1 ^ (less(overflow, 0) | less(maximum, values[i]) | less(values[i], -maximum)));
            }
        }
        States.result(left.states(), right.states(), states, states, size);
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
        if (column == null && expression instanceof Text text) {
            column = coded.get(text.field());
        }
        if (column == null && expression instanceof Quantity.Within<?> within) {
            return rejectionOfAnswer(within, row);
        } else if (column == null || (column.states()[row] & Column.REJECTED) == 0) {
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
        return expression instanceof Quantity.Within<?> within
                ? outside(within, add(within.of()).values()[row])
                : new Rejection(subject(expression), expression.toString(), "the result is out of range");
    }

    /** Of an answer, whose batch is read once more if only the codes are there. */
    private @Nullable Rejection rejectionOfAnswer(Quantity.Within<?> scale, int row) {
        ScaleCodes codes = scale.of() instanceof Quantity.Of<?> of ? answers.get(of.field()) : null;
        if (codes == null || current == null) {
            return null;
        }
        Column column = codes.full(source.reader(codes.field()), current);
        if (column.states()[row] != Column.KNOWN) {
            return column.rejection(row);
        }
        long value = column.values()[row];
        return value < scale.low() || value > scale.high() ? outside(scale, value) : null;
    }

    private static Rejection outside(Quantity.Within<?> within, long value) {
        return new Rejection(subject(within.of()), within.type().shown(value), "expected " + within.shownRange());
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
