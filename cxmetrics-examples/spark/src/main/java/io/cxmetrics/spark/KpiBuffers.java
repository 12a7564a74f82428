package io.cxmetrics.spark;

import io.cxmetrics.Kpi;
import io.cxmetrics.Statistic;
import io.cxmetrics.field.DidYouMean;
import io.cxmetrics.field.Fields;
import io.cxmetrics.field.Row;
import io.cxmetrics.json.Definitions;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardRun;
import io.cxmetrics.state.State;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The KPIs of definitions by id, and the buffers in which their statistics grow. Thread-safe, its buffers are not. */
final class KpiBuffers implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String json;
    private transient volatile @Nullable Map<String, Scorecard<Row>> cards;

    KpiBuffers(String json) {
        this.json = json;
    }

    /** The scorecard of one KPI, without dimensions; made once in each process. */
    private Scorecard<Row> card(String id) {
        Map<String, Scorecard<Row>> known = cards;
        if (known == null) {
            known = new ConcurrentHashMap<>();
            Definitions definitions = Definitions.parse("definitions", json);
            Fields<Row> fields =
                    definitions.mapping().fields(definitions.mapping().columns());
            for (Map.Entry<String, Kpi<?>> entry : definitions.kpis().entrySet()) {
                known.put(entry.getKey(), Scorecard.over(fields).kpis(entry.getValue()));
            }
            cards = known;
        }
        Scorecard<Row> card = known.get(id);
        if (card == null) {
            throw new IllegalArgumentException(
                    "the definitions have no KPI '" + id + "'" + DidYouMean.suffix(id, known.keySet()));
        }
        return card;
    }

    /** Reads a stored form. */
    Statistic<?> read(String id, byte[] state) {
        return State.read(card(id).shape().kpis().get(0), state);
    }

    /** What a group has come to. Its form in a shuffle is the id and the binary form of the statistic. */
    public static final class Buffer implements Serializable {
        private static final long serialVersionUID = 1L;

        private @Nullable String id;
        private byte @Nullable [] state;
        private transient @Nullable ScorecardRun<Row> run;
        private transient @Nullable Statistic<?> merged;

        private void writeObject(ObjectOutputStream to) throws IOException {
            Statistic<?> all = all();
            if (all != null) {
                state = State.write(all);
            }
            to.defaultWriteObject();
        }

        /** Everything but a state that was not read yet; null if there is none. */
        private @Nullable Statistic<?> all() {
            ScorecardRun<Row> rows = run;
            if (rows != null) {
                var result = rows.result();
                Statistic<?> own = result.total(result.kpis().get(0));
                merged = merged == null ? own : merge(merged, own);
                run = null;
            }
            return merged;
        }
    }

    @SuppressWarnings("unchecked") // Both are statistics of one KPI; merge checks it.
    private static <S extends Statistic<S>> Statistic<?> merge(Statistic<?> a, Statistic<?> b) {
        return ((S) a).merge((S) b);
    }

    private static void name(Buffer buffer, String id) {
        if (buffer.id != null && !buffer.id.equals(id)) {
            throw new IllegalArgumentException("one call computes one KPI; found '" + buffer.id + "' and '" + id + "'");
        }
        buffer.id = id;
    }

    /** Adds a row. */
    void add(Buffer buffer, String id, Row row) {
        name(buffer, id);
        ScorecardRun<Row> run = buffer.run;
        if (run == null) {
            statistic(buffer);
            run = card(id).start();
            buffer.run = run;
        }
        run.add(row);
    }

    /** Adds a stored form. */
    void add(Buffer buffer, String id, byte[] state) {
        name(buffer, id);
        Statistic<?> own = statistic(buffer);
        Statistic<?> more = read(id, state);
        buffer.merged = own == null ? more : merge(own, more);
    }

    /** Adds another buffer. */
    Buffer merge(Buffer a, Buffer b) {
        Statistic<?> more = statistic(b);
        String id = b.id;
        if (more != null && id != null) {
            name(a, id);
            Statistic<?> own = statistic(a);
            a.merged = own == null ? more : merge(own, more);
        }
        return a;
    }

    /** What a buffer has come to; null if nothing was added. */
    @Nullable
    Statistic<?> statistic(Buffer buffer) {
        byte[] state = buffer.state;
        String id = buffer.id;
        if (state != null && id != null && buffer.merged == null) {
            buffer.merged = read(id, state);
        }
        buffer.state = null;
        return buffer.all();
    }
}
