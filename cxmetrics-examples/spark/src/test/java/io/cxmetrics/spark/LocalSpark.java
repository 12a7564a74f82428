package io.cxmetrics.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** One Spark for all tests of a process: it takes seconds to start. Its time zone is nobody's, so that none shows. */
final class LocalSpark {
    private static final Path WAREHOUSE = Path.of("target/warehouse");
    private static final SparkSession SESSION = start();

    private static SparkSession start() {
        // Tables outlive the process that made them, what is known of them does not.
        FileUtil.fullyDelete(WAREHOUSE.toFile());
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.sql.session.timeZone", "America/New_York")
                .config("spark.sql.warehouse.dir", WAREHOUSE.toString())
                .getOrCreate();
    }

    private LocalSpark() {}

    /** A session with functions and settings of its own. */
    static SparkSession session() {
        return SESSION.newSession();
    }

    /** Rows of texts. */
    static Dataset<Row> texts(SparkSession spark, List<String> columns, List<String[]> rows) {
        StructType schema = new StructType();
        for (String column : columns) {
            schema = schema.add(column, DataTypes.StringType);
        }
        List<Row> cells = new ArrayList<>();
        for (String[] row : rows) {
            cells.add(RowFactory.create((Object[]) row));
        }
        return spark.createDataFrame(cells, schema);
    }
}
