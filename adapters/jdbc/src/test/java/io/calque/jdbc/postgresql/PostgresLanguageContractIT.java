package io.calque.jdbc.postgresql;

import io.calque.testkit.TestServers;
import io.calque.testkit.contract.AdapterContractTest;
import io.calque.testkit.contract.ContractDatabase;

/** The contract on PostgreSQL, in a database that compares text as English dictionaries do: what most users have. */
class PostgresLanguageContractIT extends AdapterContractTest {
    @Override
    protected ContractDatabase database() {
        return new PostgresContractIT.Database(TestServers.newPostgresDatabase("en-US"));
    }
}
