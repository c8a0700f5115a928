package io.calque.embedded.chinook;

import io.calque.embedded.PostgresCopy;
import io.calque.embedded.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The PostgreSQL part: customers and what they bought. {@code customer.support_rep_id} points at an employee in the office's
 * SQLite file and {@code invoice_line.track_id} at a track in the music catalog, so neither can be a foreign key here.
 */
final class SalesDatabase {
    private static final List<String> TABLES = List.of("""
            CREATE TABLE customer (
              customer_id integer PRIMARY KEY,
              first_name varchar(40) NOT NULL,
              last_name varchar(20) NOT NULL,
              company varchar(80),
              address varchar(70),
              city varchar(40),
              state varchar(40),
              country varchar(40),
              postal_code varchar(10),
              phone varchar(24),
              fax varchar(24),
              email varchar(60) NOT NULL,
              support_rep_id integer)""", """
            CREATE TABLE invoice (
              invoice_id integer PRIMARY KEY,
              customer_id integer NOT NULL REFERENCES customer,
              invoice_date timestamp NOT NULL,
              billing_address varchar(70),
              billing_city varchar(40),
              billing_state varchar(40),
              billing_country varchar(40),
              billing_postal_code varchar(10),
              total numeric(10,2) NOT NULL)""", """
            CREATE TABLE invoice_line (
              invoice_line_id integer PRIMARY KEY,
              invoice_id integer NOT NULL REFERENCES invoice,
              track_id integer NOT NULL,
              unit_price numeric(10,2) NOT NULL,
              quantity integer NOT NULL)""");

    private static final List<String> AFTER_LOADING = List.of(
            "CREATE INDEX customer_support_rep_id ON customer (support_rep_id)",
            "CREATE INDEX invoice_customer_id ON invoice (customer_id)",
            "CREATE INDEX invoice_line_invoice_id ON invoice_line (invoice_id)",
            "CREATE INDEX invoice_line_track_id ON invoice_line (track_id)",
            "COMMENT ON TABLE customer IS 'People and companies that buy music'",
            "COMMENT ON TABLE invoice IS 'One purchase by one customer'",
            "COMMENT ON TABLE invoice_line IS 'One track on an invoice'",
            "COMMENT ON COLUMN customer.support_rep_id IS 'Employee who looks after the customer'",
            "COMMENT ON COLUMN invoice_line.track_id IS 'Track in the music catalog'",
            "ANALYZE");

    private SalesDatabase() {}

    static void load(ChinookRows rows, PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String table : TABLES) {
                statement.execute(table);
            }
            rows.copy(
                    """
                    select "CustomerId", "FirstName", "LastName", "Company", "Address", "City", "State", "Country",
                      "PostalCode", "Phone", "Fax", "Email", "SupportRepId" from "Customer" order by "CustomerId\"""",
                    PostgresCopy.into(
                            connection,
                            "customer",
                            List.of(
                                    "customer_id",
                                    "first_name",
                                    "last_name",
                                    "company",
                                    "address",
                                    "city",
                                    "state",
                                    "country",
                                    "postal_code",
                                    "phone",
                                    "fax",
                                    "email",
                                    "support_rep_id")));
            rows.copy(
                    """
                    select "InvoiceId", "CustomerId", "InvoiceDate", "BillingAddress", "BillingCity", "BillingState",
                      "BillingCountry", "BillingPostalCode", "Total" from "Invoice" order by "InvoiceId\"""",
                    PostgresCopy.into(
                            connection,
                            "invoice",
                            List.of(
                                    "invoice_id",
                                    "customer_id",
                                    "invoice_date",
                                    "billing_address",
                                    "billing_city",
                                    "billing_state",
                                    "billing_country",
                                    "billing_postal_code",
                                    "total")));
            rows.copy(
                    """
                    select "InvoiceLineId", "InvoiceId", "TrackId", "UnitPrice", "Quantity"
                    from "InvoiceLine" order by "InvoiceLineId\"""",
                    PostgresCopy.into(
                            connection,
                            "invoice_line",
                            List.of("invoice_line_id", "invoice_id", "track_id", "unit_price", "quantity")));
            for (String sql : AFTER_LOADING) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }
}
