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

/** Requests as analysts write them: dates that are said to count, definitions, figures that are meant again. */
class AnalystQuestionsTest {
    private final Questions questions = new Questions();

    private static Asked desk() {
        return World.of(
                "desk",
                "firm: firm_id INTEGER, name VARCHAR = Acme|Globex, country VARCHAR = Wales|Spain, employee_cnt INTEGER, joined_on DATE",
                "agent: agent_id INTEGER, full_name VARCHAR = Kim Poe|Lee Roy, team VARCHAR = phone|chat",
                "repair: repair_id INTEGER, code VARCHAR, firm_id INTEGER -> firm, agent_id INTEGER -> agent, urgency VARCHAR = urgent|high|low, "
                        + "channel VARCHAR = email|phone, opened_on DATE, due_on DATE, closed_on DATE, amount DECIMAL(10,2)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            In which countries do we have firms? | firm.country
            How many urgent and high urgency repairs were opened in 2023? | number of repair; where repair.urgency is 'urgent' or 'high' and repair.opened_on in 2023
            Repairs per channel | repair.channel, number of repair
            New repairs per quarter in 2023 | quarter of repair.opened_on, number of repair; where repair.opened_on in 2023; by quarter of repair.opened_on, lowest first
            How long does it take to close a repair, by channel? | average days from repair.opened_on to repair.closed_on, repair.channel
            How many days does it take us on average to close a repair? | average days from repair.opened_on to repair.closed_on
            What is the average number of days between the day they were opened and the day they were closed, by channel? Return the channel and the average. | average days from repair.opened_on to repair.closed_on, repair.channel
            How many firms used email in 2023? | number of firm; where repair.channel is 'email' and repair.opened_on in 2023
            Total amount by month for 2023 (by closing date) | month of repair.closed_on, total repair.amount; where repair.closed_on for 2023; by month of repair.closed_on, lowest first
            What did our repairs bring in in the third quarter of last year? | total repair.amount; where repair.opened_on in the third quarter of last year
            How many repairs were opened in the first half of this year? | number of repair; where repair.opened_on in the first half of this year
            Which agent has the most repairs, and how many? | agent.full_name, number of repair; by number of repair, highest first; the first 1 and those equal to it
            Top 3 firms by number of repairs, ties included, together with how many they have. | firm.name, number of repair; by number of repair, highest first; the first 3 and those equal to it
            Of the repairs opened in 2023, what percentage are late? A repair is late when it is closed after the due date. | percentage of repair; where repair.opened_on in 2023; counted where repair.closed_on > repair.due_on
            Which repairs were closed no later than the due date? | repair.code; repair.closed_on <= repair.due_on
            Which repairs were closed by the due date? | repair.code; repair.closed_on <= repair.due_on
            Show me the firms with more than 50 employees. | firm.name; where firm.employee_cnt > 50
            Top 5 firms by headcount, biggest first | firm.name; by firm.employee_cnt, highest first; the first 5
            Openings in 2023, by channel | repair.channel, number of repair; where repair.opened_on in 2023
            Welsh firms | firm.name; where firm.country is 'Wales'
            How many repairs were there per agent, leaving out low urgency repairs? | agent.full_name, number of repair; where repair.urgency is not 'low'
            What is the amount of repair AB12345? | repair.amount; where repair.code is 'AB12345'
            What is the ratio of urgent to low repairs? | (number of repair where repair.urgency is 'urgent' / number of repair where repair.urgency is 'low')
            """)
    void areUnderstood(String question, String interpretation) {
        assertThat(questions.plan(question, desk()).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "In which countries do we have firms but no repairs?",
                "List the repairs by channel.",
                "How many firms are from Wales to Spain?"
            })
    void areDeclined(String question) {
        assertThatThrownBy(() -> questions.plan(question, desk())).isInstanceOf(QueryException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many trips went from Oslo to Bergen?",
                "What is the number of trips of each port?",
                "How many trips did each port have?"
            })
    void askWhichOfTwoKeysIsMeant(String question) {
        Asked ferry = World.of(
                "ferry",
                "port: port_id INTEGER, name VARCHAR = Oslo|Bergen, country VARCHAR = Norway",
                "trip: trip_id INTEGER, leaving_port_id INTEGER -> port, reached_port_id INTEGER -> port, trip_date DATE",
                "stop: stop_id INTEGER, trip_id INTEGER -> trip, port_id INTEGER -> port, stopped_at TIMESTAMP");
        assertThatThrownBy(() -> questions.plan(question, ferry)).isInstanceOf(QueryException.class);
    }
}
