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

/** What business analysts ask of dates, stays and figures by period, and how it is understood. */
class PeriodsAndStaysTest {
    private final Questions questions = new Questions();

    /** Cabins at lakes, visitors and their stays, of which the bills are paid. */
    private static Asked cabins() {
        return World.of(
                "cabins",
                "lake: lake_id INTEGER, name VARCHAR = Long Water|Mirror Lake, country VARCHAR = Norway|Finland",
                "cabin_type: cabin_type_id INTEGER, name VARCHAR = hut|lodge, beds INTEGER",
                "cabin: cabin_id INTEGER, cabin_number VARCHAR, lake_id INTEGER -> lake, cabin_type_id INTEGER -> cabin_type",
                "tenant: tenant_id INTEGER, first_name VARCHAR = Ida|Olav, last_name VARCHAR = Berg|Dahl, country VARCHAR = Sweden|Finland, "
                        + "joined_on DATE",
                "keeper: keeper_id INTEGER, first_name VARCHAR = Eva|Per, last_name VARCHAR = Lund|Holm, salary DECIMAL(8,2), "
                        + "job VARCHAR = ranger|cook, lake_id INTEGER -> lake",
                "stay: stay_id INTEGER, tenant_id INTEGER -> tenant, cabin_id INTEGER -> cabin, reserved_on DATE, check_in DATE, check_out DATE, "
                        + "status VARCHAR = checked in|done|cancelled",
                "payment: payment_id INTEGER, stay_id INTEGER -> stay, paid_on DATE, amount DECIMAL(8,2)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Stays reserved in 2024, by month | month of stay.reserved_on, number of stay; where stay.reserved_on in 2024; by month of stay.reserved_on, lowest first
            Payments per month of 2023 with a running total | month of payment.paid_on, total payment.amount; where payment.paid_on of 2023; added up; by month of payment.paid_on, lowest first
            Which tenants on file have never made a stay? | tenant.first_name, tenant.last_name; without any stay
            How many stays have no payment on record? | number of stay; without any payment
            Who has the second highest salary among the rangers? | keeper.first_name, keeper.last_name; where keeper.job is 'ranger'; only place 2; by keeper.salary, highest first; the first 1 and those equal to it
            List the check-in date of the stays at Mirror Lake. | stay.check_in; where stay of lake.name is 'Mirror Lake'
            List the stays with a check-in between January 1 2024 and March 31 2024. | stay.stay_id; where stay.check_in between January 1 2024 and March 31 2024
            What is the average length of stay in nights, counting only cancelled stays? | average days from stay.check_in to stay.check_out; where stay.status is 'cancelled'
            On average, how many nights do tenants stay at each lake? | lake.name, average days from stay.check_in to stay.check_out
            Return the top 2 tenants by stay count, including everyone tied for second place. | tenant.first_name, tenant.last_name, number of stay; by number of stay, highest first; the first 2 and those equal to it
            Which tenants have stayed in their own country? | tenant.first_name, tenant.last_name; with stay; among (tenant.tenant_id; with stay; with lake; tenant.country = lake.country)
            Who earns above the average for their job? | keeper.first_name, keeper.last_name; keeper.salary > its average of the same keeper.job
            Which tenants had stays at both Long Water and Mirror Lake? | tenant.first_name, tenant.last_name; among (tenant.tenant_id; where stay of lake.name is 'Long Water'); among (tenant.tenant_id; where stay of lake.name is 'Mirror Lake')
            The keeper with the highest salary for each job | keeper.job, keeper.first_name, keeper.last_name, keeper.salary; by keeper.salary, highest first; the first 1 and those equal to it
            How did the number of stays in 2024 compare with the year before? | year of stay.reserved_on, number of stay; where stay.reserved_on in 2023 or 2024; by year of stay.reserved_on, lowest first
            How did the number of stays add up over 2024? Month by month, cumulative please. | month of stay.reserved_on, number of stay; where stay.reserved_on over 2024; added up; by month of stay.reserved_on, lowest first
            How much money came in over the last 6 months, by month? | month of payment.paid_on, total payment.amount; where payment.paid_on over the last 6 months; by month of payment.paid_on, lowest first
            Number of stays per lake, with the lakes that haven't had any yet shown as 0 | lake.name, number of stay
            Tenants joined between Christmas Day 2023 and the end of February 2024 | tenant.first_name, tenant.last_name; where tenant.joined_on between 25 December 2023 and the end of February 2024
            Share of the payments made by each cabin, in percent of the total amount | cabin.cabin_number, percentage of all of total payment.amount
            When did each tenant last check in? | tenant.first_name, tenant.last_name, highest stay.check_in
            Which tenants reserved through Mirror Lake? | tenant.first_name, tenant.last_name; where lake.name is 'Mirror Lake'
            On average, how many days ahead do tenants reserve, per country? | average days from stay.reserved_on to stay.check_in, tenant.country
            For every stay that was cancelled, return the tenant's name, the lake and the check-in date. | tenant.first_name, tenant.last_name, lake.name, stay.check_in; where stay.status is 'cancelled'
            Return the lake and the average length of stay in nights. | lake.name, average days from stay.check_in to stay.check_out
            How many stays are there per country in 2024? Order the countries by decreasing number of stays. | number of stay, tenant.country; where stay.reserved_on in 2024; by number of stay, highest first
            How many stays does each tenant have? List the tenant's last name and the count. | number of stay, tenant.last_name
            The two keepers with the highest salary from each of Norway and Finland | lake.country, keeper.first_name, keeper.last_name, keeper.salary; where keeper of lake.country is 'Norway' or 'Finland'; by keeper.salary, highest first; the first 2
            Lakes and their number of stays | lake.name, number of stay
            Excluding cancelled stays, how many stays were there at Mirror Lake? | number of stay; where stay of lake.name is 'Mirror Lake' and stay.status is not 'cancelled'
            How many stays are there per country, not counting cancelled stays? | number of stay, tenant.country; where stay.status is not 'cancelled'
            """)
    void areUnderstoodOfCabins(String question, String interpretation) {
        assertThat(questions.plan(question, cabins()).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which lake is Mirror Lake?",
                "What type is the hut?",
                "Return the ids of all tenants with stays more than three times"
            })
    void areDeclinedWhereTheAnswerWouldRepeatTheQuestion(String question) {
        assertThatThrownBy(() -> questions.plan(question, cabins())).isInstanceOf(QueryException.class);
    }
}
