package io.calque.app.ontology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.calque.spi.ontology.Ontology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is written is read back the same, in both forms; mistakes are told with their place. */
class OntologyFilesTest {
    /** Another tool's file, with things that Calque has no place for. */
    private static final String OTHERS = """
            version: 0.2.0.dev0
            semantic_model:
              - name: sales
                description: Sales and customers
                ai_context: {instructions: Use it for sales}
                datasets:
                  - name: orders
                    source: shop.public.orders
                    primary_key: [id]
                    unique_keys: [[id], [number]]
                    description: Order transactions
                    ai_context:
                      synonyms: [purchases, sales]
                      examples: ['How many orders came in?']
                    fields:
                      - name: day
                        expression: {dialects: [{dialect: ANSI_SQL, expression: order_date}]}
                        dimension: {is_time: true}
                        datatype: Date
                        ai_context: {synonyms: [order date]}
                      - name: mail
                        expression:
                          dialects:
                            - {dialect: ANSI_SQL, expression: LOWER(mail)}
                            - {dialect: SNOWFLAKE, expression: 'LOWER(mail)::VARCHAR'}
                    metrics:
                      - name: order_count
                        expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(*)}]}
                    custom_extensions:
                      - {vendor_name: DBT, data: '{"materialized": "table"}'}
                  - name: customers
                    source: shop.public.customers
                relationships:
                  - name: orders_to_customers
                    from: orders
                    to: customers
                    from_columns: [customer_id]
                    to_columns: [id]
                    ai_context: who bought
                metrics:
                  - name: total_revenue
                    expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(orders.amount)}]}
                    description: Total revenue
                    datatype: Decimal
                    ai_context: {synonyms: [revenue]}
                custom_extensions:
                  - {vendor_name: DBT, data: '{"project_name": "x"}'}
            """;

    private static Ontology example() throws IOException {
        Path page = Path.of(System.getProperty("calque.root", "../.."), "docs", "ontology.md");
        String text = Files.readString(page);
        int start = text.indexOf("```yaml\n") + "```yaml\n".length();
        return OntologyYaml.read("example.yaml", text.substring(start, text.indexOf("```", start)));
    }

    @Test
    void readsTheDocumentedExampleAndWritesItBack() throws IOException {
        Ontology example = example();
        assertThat(example.entries()).hasSize(12);
        assertThat(OntologyYaml.read("again", OntologyYaml.write(example))).isEqualTo(example);
    }

    @Test
    void losesNothingByWayOfInterchange() throws IOException {
        Ontology example = example();
        Ontology again = OsiReader.read("x", OsiWriter.write(example, "calque"));
        assertThat(again.entries()).containsExactlyInAnyOrderElementsOf(example.entries());
    }

    @Test
    void losesNothingOfAnotherToolsFile() throws JsonProcessingException {
        Ontology read = OsiReader.read("x", OTHERS);
        assertThat(OsiWriter.tree(OsiWriter.write(read, "calque"))).isEqualTo(OsiWriter.tree(OTHERS));
        assertThat(OntologyYaml.read("again", OntologyYaml.write(read))).isEqualTo(read);
    }

    @Test
    void readsWhatAnotherToolSaysAsEntries() {
        Ontology read = OsiReader.read("x", OTHERS);
        assertThat(read.metrics().get(1).table()).isEqualTo("shop.public.orders");
        assertThat(read.metrics().get(1).synonyms()).containsExactly("revenue");
        assertThat(read.terms().get(0).synonyms()).containsExactly("purchases", "sales");
        assertThat(read.relationships().get(0).to()).isEqualTo("shop.public.customers");
    }

    @Test
    void tellsThePlaceOfAMistake() {
        assertThatThrownBy(() -> OntologyYaml.read("w.yaml", "terms:\n  - name: x\n    synonym: [y]\n"))
                .hasMessageContaining("w.yaml:3:")
                .hasMessageContaining("unknown key 'synonym'")
                .hasMessageContaining("Did you mean 'synonyms'?");
        String yaml = "metrics:\n  - name: a\n  - name: b\n    sql: SUM(x)\n";
        assertThat(OntologyYaml.place("w.yaml", yaml, "metrics[1].sql")).isEqualTo("w.yaml:4:10");
        assertThat(OntologyYaml.place("w.yaml", yaml, "metrics[1].table")).isEqualTo("w.yaml:3:5");
    }
}
