package io.calque.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sentences about a business of its own, and what they define. */
class EvidenceReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TSC = Total Sales Count.                                             | TSC [] -> Total Sales Count
            AOV (average order value) = SUM(total) / COUNT(order_id)             | AOV [average order value] -> SUM(total) / COUNT(order_id)
            NPS = net score = (promoters - detractors) / answers * 100 for each shop | NPS [] -> (promoters - detractors) / answers * 100
            The retention rate is defined as active members divided by members. | retention rate [] -> active members divided by members
            Revenue refers to the sum of sale_price.                             | Revenue [] -> sum of sale_price
            active means status = 'active'                                       | active [] -> status = 'active'
            To get the return rate per shop, join both and calculate the percentage of returned parcels. | return rate [] -> percentage of returned parcels
            CR = customer rank by total amount, with rank 1 the highest           | CR [] -> customer rank by total amount
            Last week = DATE_TRUNC('week', CURRENT_DATE) - INTERVAL '1 week'      | nothing
            Always join loans with members before using loans.                    | nothing
            """)
    void reads(String evidence, String defined) {
        String found = EvidenceReader.read(evidence).stream()
                .map(d -> d.name() + " " + d.synonyms() + " -> " + d.means())
                .collect(Collectors.joining("; "));
        assertThat(found.isEmpty() ? "nothing" : found).isEqualTo(defined);
    }
}
