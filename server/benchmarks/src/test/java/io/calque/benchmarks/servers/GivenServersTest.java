package io.calque.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.spi.QueryException;
import org.junit.jupiter.api.Test;

class GivenServersTest {

    @Test
    void namesTheServerThatCannotBeReached() {
        PostgresHost nobody = new GivenPostgres("jdbc:postgresql://127.0.0.1:1/none", "postgres", "");
        assertThatThrownBy(() -> nobody.create("tpch"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("The PostgreSQL at jdbc:postgresql://127.0.0.1:1/none refused: CREATE DATABASE");
    }

    @Test
    void saysHowAServerIsGiven() {
        assertThatThrownBy(() -> new GivenPostgres("localhost:5432", "postgres", ""))
                .hasMessageContaining(
                        "--postgresql is 'localhost:5432', where jdbc:postgresql://host:port/database is wanted");
        assertThatThrownBy(() -> new GivenMongo("localhost:27017"))
                .hasMessageContaining("--mongodb is 'localhost:27017', where mongodb://host:port is wanted");
    }

    @Test
    void signsInToMongoDbWhereTheUserIsKnown() {
        assertThat(new GivenMongo("mongodb://u:p@host:1/people?tls=true")
                        .create("tpch")
                        .connectionString())
                .matches("mongodb://u:p@host:1/calque_bench_[0-9a-f]{6}_tpch\\?tls=true&authSource=people");
        assertThat(new GivenMongo("mongodb://host:1").create("tpch").connectionString())
                .matches("mongodb://host:1/calque_bench_[0-9a-f]{6}_tpch");
        assertThat(new GivenMongo("mongodb://u:p@host:1/?authSource=admin")
                        .create("tpch")
                        .connectionString())
                .endsWith("_tpch?authSource=admin");
    }
}
