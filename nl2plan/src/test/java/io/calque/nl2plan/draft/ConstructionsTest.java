package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.worlds.World;
import io.calque.spi.QueryException;
import io.calque.spi.question.QuestionPlanner.Asked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            Who was hired before Anna Keller? | doctor.first_name, doctor.last_name; doctor.hire_date < the doctor.hire_date; where doctor.first_name is 'Anna' and doctor.last_name is 'Keller'
            Which doctors earn more than their manager? | doctor.first_name, doctor.last_name; doctor.salary > manager.salary
            Which doctors were hired before their own manager? | doctor.first_name, doctor.last_name; doctor.hire_date < manager.hire_date
            Who is the manager of Boris Novak? | manager.first_name, manager.last_name; where doctor.first_name is 'Boris' and doctor.last_name is 'Novak'
            How many doctors report to Anna Keller? | number of doctor; where manager.first_name is 'Anna' and manager.last_name is 'Keller'
            How many doctors does each manager have? | manager.first_name, manager.last_name, number of doctor
            Which doctors have no manager? | doctor.first_name, doctor.last_name; without any manager
            Who else lives in the same city as Peter Stone? | patient.first_name, patient.last_name; among (patient.city; where patient.first_name is 'Peter' and patient.last_name is 'Stone'); not among (patient.patient_id; where patient.first_name is 'Peter' and patient.last_name is 'Stone')
            Which patients had a visit in both 2020 and 2021? | patient.first_name, patient.last_name; among (patient.patient_id; where visit.admission_date 2020); among (patient.patient_id; where visit.admission_date 2021)
            Which patients came in 2020 but not in 2021? | patient.first_name, patient.last_name; among (patient.patient_id; where visit.admission_date in 2020); not among (patient.patient_id; where visit.admission_date in 2021)
            How many patients had visits in 2020 and again in 2022? | number of patient; among (patient.patient_id; where visit.admission_date in 2020); among (patient.patient_id; where visit.admission_date in 2022)
            Which patients only had emergency visits? | patient.first_name, patient.last_name; where visit.kind is 'emergency'; not among (patient.patient_id; where not visit.kind is 'emergency')
            What share of the total cost comes from each ward? | ward.name, percentage of all of total visit.cost
            What percentage of all visits does each ward account for? | ward.name, percentage of all of number of visit
            For each ward, what percentage of its visits were emergencies? | ward.name, percentage of visit of which visit.kind is 'emergency'
            Which visits cost more than the average visit? | visit.visit_id; visit.cost > the average visit.cost
            Which visits cost more than the average visit of the same doctor? | visit.visit_id; visit.cost > its average of the same visit.doctor_id
            Which wards have an average visit cost above the overall average? | ward.name; having average visit.cost > that of all rows
            Which patients have had more visits than the average patient? | patient.first_name, patient.last_name; having number of visit > the average of all
            How did the number of visits change from year to year? | year of visit.admission_date, number of visit; and its change; by year of visit.admission_date, lowest first
            What did the last visit of Peter Stone cost? | visit.cost; among (visit.visit_id; where patient.first_name is 'Peter' and patient.last_name is 'Stone'; by visit.admission_date, highest first; the first 1 and those equal to it)
            Who is the oldest patient? | patient.first_name, patient.last_name; by patient.birth_date, lowest first; the first 1 and those equal to it
            What is the third highest salary? | doctor.salary; only place 3; by doctor.salary, highest first
            In which month of 2022 were there the most visits? | month of visit.admission_date, number of visit; where visit.admission_date of 2022; by number of visit, highest first; the first 1 and those equal to it
            In which year did we have more than 100 visits? | year of visit.admission_date; having number of visit > 100; by year of visit.admission_date, lowest first
            How many patients neither live in Lyon nor in Graz? | number of patient; where patient.city is not 'Lyon' and patient.city is not 'Graz'
            Who treated Maria Lopez? | doctor.first_name, doctor.last_name; where patient.first_name is 'Maria' and patient.last_name is 'Lopez'
            By how much did total cost rise between 2020 and 2021? | total visit.cost where visit.admission_date is within DATE '2021-01-01' and before DATE '2022-01-01' less total visit.cost where visit.admission_date is within DATE '2020-01-01' and before DATE '2021-01-01'
            Which doctors had fewer visits in 2022 than in 2021? | doctor.first_name, doctor.last_name; having number of visit where visit.admission_date is within DATE '2022-01-01' and before DATE '2023-01-01' < number of visit where visit.admission_date is within DATE '2021-01-01' and before DATE '2022-01-01'
            How many visits did we have in our fiscal year 2021, which started in April 2021? | number of visit; where visit.admission_date between 2021-04-01 and 2022-03-31
            What is the difference between the highest and the lowest salary? | highest doctor.salary less lowest doctor.salary
            List the patients born after 1990 sorted by last name. | patient.first_name, patient.last_name; where patient.birth_date after 1990; by patient.last_name, lowest first
            Which doctors joined before their own manager did? | doctor.first_name, doctor.last_name; doctor.hire_date < manager.hire_date
            What is the number of the third most expensive visit of 2021? | visit.visit_id; where visit.admission_date of 2021; only place 3; by visit.cost, highest first; the first 1 and those equal to it
            How many patients are there by city? Return the city and the count. | number of patient, patient.city
            What is the total visits count? | number of visit
            What is the latest visit of each doctor: the date and the cost? | doctor.first_name, doctor.last_name, visit.admission_date, visit.cost, visit.visit_id; by visit.admission_date, highest first; the first 1 and those equal to it
            Which wards took in less visit cost in 2021 than in 2020? | ward.name; having total visit.cost where visit.admission_date is within DATE '2021-01-01' and before DATE '2022-01-01' < total visit.cost where visit.admission_date is within DATE '2020-01-01' and before DATE '2021-01-01'
            Which patients weigh more than the average patient?             | patient.first_name, patient.last_name; patient.weight > the average patient.weight
            What is the {total cost / number of visits} per ward? | ward.name, (total visit.cost / number of visit)
            Which wards have a {total cost / number of visits} above 100? | ward.name; having (total visit.cost / number of visit) > 100
            Which 3 doctors have the highest {total cost from emergency visits / total cost * 100}? | doctor.first_name, doctor.last_name, ((total visit.cost where visit.kind is 'emergency' / total visit.cost) * 100); by ((total visit.cost where visit.kind is 'emergency' / total visit.cost) * 100), highest first; the first 3
            What is the emergency rate of each ward? | ward.name, ((100 * number of visit where visit.kind is 'emergency') / number of visit)
            Which wards have an emergency rate above 20? | ward.name; having ((100 * number of visit where visit.kind is 'emergency') / number of visit) > 20
            Return the name of each ward, its number of visits and its rank by number of visits. | ward.name, number of visit, rank by number of visit, highest first
            What is the average number of days between the admission date and the discharge date? | average days from visit.admission_date to visit.discharge_date
            What is the average time between admission and discharge, in each ward? | ward.name, average days from visit.admission_date to visit.discharge_date
            Which visits were discharged more than 5 days after the admission date? | visit.visit_id; days from visit.admission_date to visit.discharge_date > 5
            List the id of each visit and the number of days between its admission and its discharge. | visit.visit_id, days from visit.admission_date to visit.discharge_date
            What is the 90th percentile of the visit cost? | percentile 90 of visit.cost
            What is the upper quartile of the salary per ward? | ward.name, percentile 75 of doctor.salary
            What is the ratio of total cost to number of visits per ward? | ward.name, (total visit.cost / number of visit)
            What is the percentage change of total cost from year to year? | year of visit.admission_date, total visit.cost; and its change in percent; by year of visit.admission_date, lowest first
            Rank the wards by total cost. | ward.name, total visit.cost, rank by total visit.cost, highest first; by total visit.cost, highest first
            Which visits were discharged after the planned discharge date?  | visit.visit_id; visit.discharge_date > visit.planned_discharge_date
            """)
    void areUnderstoodOfAHospital(String question, String interpretation) {
        assertThat(questions.plan(question, World.hospital()).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Which parcels were delivered after the promised date? | parcel.parcel_id; parcel.delivered_date > parcel.promised_date
            How many days pass between the sent date and the delivered date on average? | average days from parcel.sent_date to parcel.delivered_date
            How long does a parcel take on average? | average days from parcel.sent_date to parcel.delivered_date
            What share of parcels was lost, by carrier? | carrier.name, percentage of parcel of which parcel.status is 'lost'
            Which depots are in the same country as North Yard? | depot.name; among (depot.country_id; where depot.name is 'North Yard'); not among (depot.depot_id; where depot.name is 'North Yard')
            How many parcels went from Austrian depots with Italian carriers? | number of parcel; where depot of country.name is 'Austria' and carrier of country.name is 'Italy'
            How many parcels heavier than 10 were returned? | number of parcel; where parcel.weight > 10 and parcel.status is 'returned'
            What was the heaviest parcel of each carrier? | carrier.name, parcel.parcel_id, parcel.weight; by parcel.weight, highest first; the first 1 and those equal to it
            """)
    void areUnderstoodOfAPost(String question, String interpretation) {
        assertThat(questions.plan(question, World.logistics()).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many distinct members made a payment each month in 2023? | month of payment.paid_at, number of different member; where payment.paid_at in 2023; by month of payment.paid_at, lowest first
            Which members have not done any workouts in the last 6 months? | member.first_name, member.last_name; not among (member.member_id; where workout.started_at in the last 6 months)
            Top 5 members by total amount paid by card | member.first_name, member.last_name, total payment.amount; where payment.method is 'card'; by total payment.amount, highest first; the first 5
            What percentage of payments failed in 2023, by method? | percentage of payment of which payment.state is 'failed', payment.method; where payment.paid_at in 2023
            How many members have more than 2 failed payments? | number of member; where payment.state is 'failed'; having number of payment > 2
            What is the total amount of refunded payments in Q1 2023 and Q2 2023? | total payment.amount; where payment.state is 'refunded' and payment.paid_at in Q1 2023 or Q2 2023
            How many workouts lasted longer than 90 minutes? | number of workout; minutes from workout.started_at to workout.ended_at > 90
            What are the top 2 specialties by average calories per workout? | trainer.specialty, average workout.calories; by average workout.calories, highest first; the first 2
            Show each trainer's full name, number of workouts and share of all workouts. | trainer.full_name, number of workout, percentage of all of number of workout
            What is the payment success rate per club? | club.club_name, ((100 * number of payment where payment.state is 'success') / number of payment)
            What is the total amount minus fee per club? | club.club_name, (total payment.amount - total payment.fee)
            How many payments over 100 were made by card? | number of payment; where payment.amount > 100 and payment.method is 'card'
            What are the minimum, maximum and average amount of payments per method? | lowest payment.amount, highest payment.amount, average payment.amount, payment.method
            What is the year over year growth in number of workouts? | year of workout.started_at, number of workout; and its change; by year of workout.started_at, lowest first
            Which members have both a failed payment and a refunded payment? | member.first_name, member.last_name; among (member.member_id; where payment.state is 'failed'); among (member.member_id; where payment.state is 'refunded')
            Which club has the highest ratio of active members to members? | club.club_name, (number of member where member.status is 'active' / number of member); by (number of member where member.status is 'active' / number of member), highest first; the first 1 and those equal to it
            What is the total duration of workouts in minutes for each member in 2023? | member.first_name, member.last_name, total minutes from workout.started_at to workout.ended_at; where workout.started_at in 2023
            """)
    void areUnderstoodOfAGym(String question, String interpretation) {
        assertThat(questions.plan(question, World.gym()).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many members are from Nowhereville?",
                "For each trainer, what is the date of the first workout and the date of the last workout?",
                "What were the monthly payments in 2023, the total amount and the cumulative amount?",
                "List the clubs with a fee between breakfast and lunch."
            })
    void areDeclinedRatherThanGuessed(String question) {
        assertThatThrownBy(() -> questions.plan(question, World.gym())).isInstanceOf(QueryException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many minutes does the album 'Blue' last?   | (total song.milliseconds / 60000); where album.title is 'Blue'
            How many songs are longer than length 5?       | number of song; where song.length > 5
            How many minutes does the album 'Blue' last?   | (total song.milliseconds / 60000); where album.title is 'Blue'
            How many songs are longer than length 5?       | number of song; where song.length > 5
            How many clients does each employee have?      | employee.name, number of client
            Which employees have no manager?               | employee.name; without any manager
            """)
    void knowReferencesByTheRoleTheyAreCalledAfter(String question, String interpretation) {
        Asked shop = World.of(
                "shop",
                "employee: employee_id INTEGER, name VARCHAR, reports_to INTEGER",
                "album: album_id INTEGER, title VARCHAR = Blue",
                "song: song_id INTEGER, title VARCHAR, album_id INTEGER -> album, milliseconds INTEGER, length INTEGER",
                "client: client_id INTEGER, name VARCHAR, support_rep_id INTEGER");
        assertThat(questions.plan(question, shop).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many clients does each employee have?      | employee.first_name, employee.last_name, number of client
            Who looks after Ann Lee?                       | employee.first_name, employee.last_name; where client.first_name is 'Ann' and client.last_name is 'Lee'
            What is the phone of Ann Lee?                  | client.phone; where client.first_name is 'Ann' and client.last_name is 'Lee'
            """)
    void knowPeopleWhoAreKeptInAnotherDatabase(String question, String interpretation) {
        Asked staff = World.of(
                "a_staff", "employee: employee_id BIGINT, first_name VARCHAR, last_name VARCHAR, phone VARCHAR");
        Asked sales = World.of(
                "sales",
                "client: client_id INTEGER, first_name VARCHAR = Ann|Bob, last_name VARCHAR = Lee|Orr, phone VARCHAR, support_rep_id INTEGER",
                "song: song_id INTEGER, title VARCHAR = Ann|Lee");
        assertThat(questions.plan(question, World.of(staff, sales)).interpretation())
                .isEqualTo(interpretation);
    }
}
