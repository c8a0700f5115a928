package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.worlds.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constructions in several wordings each, over databases that nothing was tuned to, and how they are understood. */
class ConstructionsTest {
    private final Questions questions = new Questions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Which wards had more visits in 2022 than in 2021?               | ward.name; having number of visit where visit.admission_date is within DATE '2022-01-01' and before DATE '2023-01-01' > number of visit where visit.admission_date is within DATE '2021-01-01' and before DATE '2022-01-01'
            How many more visits were there in 2022 than in 2021?           | number of visit where visit.admission_date is within DATE '2022-01-01' and before DATE '2023-01-01' less number of visit where visit.admission_date is within DATE '2021-01-01' and before DATE '2022-01-01'
            By what percentage did the number of visits grow from 2020 to 2021? | growth in percent to number of visit where visit.admission_date is within DATE '2021-01-01' and before DATE '2022-01-01' from number of visit where visit.admission_date is within DATE '2020-01-01' and before DATE '2021-01-01'
            Which patients live in the same city as Peter Stone?            | patient.first_name, patient.last_name; among (patient.city; where patient.first_name is 'Peter' and patient.last_name is 'Stone'); not among (patient.patient_id; where patient.first_name is 'Peter' and patient.last_name is 'Stone')
            Which doctors share a last name with another doctor?            | doctor.first_name, doctor.last_name; among (doctor.last_name; having number of doctor > 1)
            Which patients live in the same city as one of our doctors?     | patient.first_name, patient.last_name; among (doctor.city)
            Which patients weigh more than the average patient?             | patient.first_name, patient.last_name; patient.weight > the average patient.weight
            Which visits were discharged after the planned discharge date?  | visit.visit_id; visit.discharge_date > visit.planned_discharge_date
            """)
    void areUnderstoodOfAHospital(String question, String interpretation) {
        assertThat(questions.plan(question, World.hospital()).interpretation()).isEqualTo(interpretation);
    }
}
