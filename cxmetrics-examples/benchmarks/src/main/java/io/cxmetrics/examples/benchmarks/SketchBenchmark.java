package io.cxmetrics.examples.benchmarks;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.tdunning.math.stats.MergingDigest;
import io.cxmetrics.Direction;
import io.cxmetrics.Kpi;
import io.cxmetrics.field.Columns;
import io.cxmetrics.field.Field;
import io.cxmetrics.scorecard.Scorecard;
import io.cxmetrics.scorecard.ScorecardResult;
import io.cxmetrics.stats.Percentile;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.apache.datasketches.kll.KllDoublesSketch;

/**
 * Which summary of a distribution suits percentiles that are merged? Waits of two kinds, some seconds and some minutes, in
 * microseconds: time per value, bytes as stored, the largest error over 99 percentiles, and whether 100 parts give the same
 * answers in whatever order they are merged.
 */
final class SketchBenchmark implements Benchmark {
    private static final int PARTS = 100;
    private static final double[] RANKS = new double[99];

    static {
        Arrays.setAll(RANKS, i -> (i + 1) / 100.0);
    }

    /** A summary of values. */
    private interface Sketch {
        void addAll(long[] values);

        void merge(Sketch other);

        double at(double p);

        long bytes();
    }

    /** What is reported of a sketch besides its time. */
    record Quality(String name, long bytes, double error, boolean isSameInAnyOrder) {}

    @Override
    public Report run(Options options) throws Exception {
        long[] values = values(options);
        Map<String, Supplier<Sketch>> sketches = sketches();
        Contest<Sketch> contest = new Contest<>(
                "Summaries of a distribution: time per value added", values.length, (expected, found) -> {});
        sketches.forEach((name, sketch) -> contest.peer(name, () -> filled(sketch, values)));
        Report report = contest.run(options);
        for (Quality quality : qualities(values)) {
            report = report.note(String.format(
                    Locale.ROOT,
                    "%s: %,d bytes, largest error %.2f %%, %s in any merge order",
                    quality.name(),
                    quality.bytes(),
                    100 * quality.error(),
                    quality.isSameInAnyOrder() ? "the same" : "not the same"));
        }
        return report;
    }

    static List<Quality> qualities(Options options) {
        return qualities(values(options));
    }

    private static List<Quality> qualities(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        List<Quality> qualities = new ArrayList<>();
        sketches().forEach((name, sketch) -> {
            double[] answers = answers(filled(sketch, values));
            double error = 0;
            for (int i = 0; i < RANKS.length; i++) {
                double exact = sorted[(int) Math.ceil(RANKS[i] * sorted.length) - 1];
                error = Math.max(error, Math.abs(answers[i] - exact) / exact);
            }
            qualities.add(new Quality(name, filled(sketch, values).bytes(), error, isSameInAnyOrder(sketch, values)));
        });
        return qualities;
    }

    private static boolean isSameInAnyOrder(Supplier<Sketch> sketch, long[] values) {
        List<Integer> order = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            order.add(part);
        }
        double[] first = merged(sketch, values, order);
        boolean isSame = true;
        for (int attempt = 0; attempt < 5; attempt++) {
            Collections.shuffle(order, new Random(attempt));
            isSame &= Arrays.equals(first, merged(sketch, values, order));
        }
        return isSame;
    }

    private static double[] merged(Supplier<Sketch> sketch, long[] values, List<Integer> order) {
        int size = values.length / PARTS;
        Sketch all = sketch.get();
        for (int part : order) {
            all.merge(filled(sketch, Arrays.copyOfRange(values, part * size, (part + 1) * size)));
        }
        return answers(all);
    }

    private static Sketch filled(Supplier<Sketch> empty, long[] values) {
        Sketch sketch = empty.get();
        sketch.addAll(values);
        return sketch;
    }

    private static double[] answers(Sketch sketch) {
        return Arrays.stream(RANKS).map(sketch::at).toArray();
    }

    private static long[] values(Options options) {
        Random random = new Random(options.seed());
        long[] values = new long[Math.toIntExact(options.rows())];
        // Half around 20 seconds, half around 10 minutes: the median lies at the edge of the gap.
        Arrays.setAll(
                values,
                i -> random.nextBoolean()
                        ? 10_000_000 + (long) (random.nextDouble() * 20_000_000)
                        : 480_000_000 + (long) (random.nextDouble() * 240_000_000));
        return values;
    }

    private static Map<String, Supplier<Sketch>> sketches() {
        Map<String, Supplier<Sketch>> sketches = new LinkedHashMap<>();
        sketches.put("cxmetrics, 1 %", () -> new Ours(Percentile.Precision.ONE_PERCENT));
        sketches.put("cxmetrics, 0.1 %", () -> new Ours(Percentile.Precision.ONE_PER_MILLE));
        sketches.put("HdrHistogram, 2 digits", Hdr::new);
        sketches.put("DDSketch, 1 %", Dd::new);
        sketches.put("t-digest, 100", TDigest::new);
        sketches.put("KLL, 200", Kll::new);
        return sketches;
    }

    private static RuntimeException otherKind() {
        return new IllegalArgumentException("only sketches of one kind are merged");
    }

    /** The whole engine of the library, reading a column. */
    private static final class Ours implements Sketch {
        private final Kpi<Percentile> kpi;
        private final Scorecard<Columns.Row> scorecard;
        private ScorecardResult result;

        Ours(Percentile.Precision precision) {
            kpi = Percentile.kpi(
                    "wait",
                    new Percentile.Definition(Field.duration("wait"), 0.5, Percentile.Method.NEAREST_RANK, precision),
                    Direction.NEUTRAL);
            scorecard = Scorecard.over(columns(new long[0]).fields()).kpis(kpi);
            result = scorecard.compute((Iterable<Columns.Row>) columns(new long[0]));
        }

        private static Columns columns(long[] values) {
            return Columns.named("waits").duration("wait", values, ChronoUnit.MICROS);
        }

        @Override
        public void addAll(long[] values) {
            result = result.merge(scorecard.compute((Iterable<Columns.Row>) columns(values)));
        }

        @Override
        public void merge(Sketch other) {
            if (!(other instanceof Ours ours)) {
                throw otherKind();
            }
            result = result.merge(ours.result);
        }

        @Override
        public double at(double p) {
            return result.total(kpi).at(p).orElse(Double.NaN) * 1e6;
        }

        @Override
        public long bytes() {
            return 16L * result.total(kpi).distribution().keys().length;
        }
    }

    private static final class Hdr implements Sketch {
        private final Histogram histogram = new Histogram(2);

        @Override
        public void addAll(long[] values) {
            for (long value : values) {
                histogram.recordValue(value);
            }
        }

        @Override
        public void merge(Sketch other) {
            if (!(other instanceof Hdr hdr)) {
                throw otherKind();
            }
            histogram.add(hdr.histogram);
        }

        @Override
        public double at(double p) {
            return histogram.getValueAtPercentile(100 * p);
        }

        @Override
        public long bytes() {
            return histogram.getEstimatedFootprintInBytes();
        }
    }

    private static final class Dd implements Sketch {
        private final DDSketch sketch = DDSketches.unboundedDense(0.01);

        @Override
        public void addAll(long[] values) {
            for (long value : values) {
                sketch.accept((double) value);
            }
        }

        @Override
        public void merge(Sketch other) {
            if (!(other instanceof Dd dd)) {
                throw otherKind();
            }
            sketch.mergeWith(dd.sketch);
        }

        @Override
        public double at(double p) {
            return sketch.getValueAtQuantile(p);
        }

        @Override
        public long bytes() {
            return sketch.serializedSize();
        }
    }

    private static final class TDigest implements Sketch {
        private final MergingDigest digest = new MergingDigest(100);

        @Override
        public void addAll(long[] values) {
            for (long value : values) {
                digest.add((double) value);
            }
        }

        @Override
        public void merge(Sketch other) {
            if (!(other instanceof TDigest tDigest)) {
                throw otherKind();
            }
            digest.add(tDigest.digest);
        }

        @Override
        public double at(double p) {
            return digest.quantile(p);
        }

        @Override
        public long bytes() {
            return digest.byteSize();
        }
    }

    private static final class Kll implements Sketch {
        private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance();

        @Override
        public void addAll(long[] values) {
            for (long value : values) {
                sketch.update((double) value);
            }
        }

        @Override
        public void merge(Sketch other) {
            if (!(other instanceof Kll kll)) {
                throw otherKind();
            }
            sketch.merge(kll.sketch);
        }

        @Override
        public double at(double p) {
            return sketch.getQuantile(p);
        }

        @Override
        public long bytes() {
            return sketch.getSerializedSizeBytes();
        }
    }
}
