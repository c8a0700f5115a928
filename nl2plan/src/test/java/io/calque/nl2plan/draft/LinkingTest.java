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

/** Words that are no names, beside those that are: which of them say nothing more, and which must not be passed over. */
class LinkingTest {
    private static final Asked DAIRY = World.of(
            "dairy",
            "region: region_id INTEGER, name VARCHAR = Savoy|Jura, climate VARCHAR = mild|cold",
            "dairy: dairy_id INTEGER, name VARCHAR = Alpina|Montbel, owner VARCHAR, founded INTEGER, region_id INTEGER -> region",
            "cheese: cheese_id INTEGER, name VARCHAR = Comte|Reblochon, milk VARCHAR = cow|goat, year INTEGER, fat DECIMAL(4,1), "
                    + "dairy_id INTEGER -> dairy",
            "shop: shop_id INTEGER, name VARCHAR, city VARCHAR, owner_sex VARCHAR = F|M, population INTEGER",
            "delivery: delivery_id INTEGER, cheese_id INTEGER -> cheese, shop_id INTEGER -> shop, weight DECIMAL(8,2)",
            "fair: fair_id INTEGER, theme VARCHAR, host_region_id INTEGER -> region");

    private static final Asked CHOIRS = World.of(
            "choirs",
            "Singer: sID INTEGER, sName VARCHAR = Ida Berg|Olav Dahl, LName VARCHAR = Berg|Dahl, firstappearance INTEGER, enr INTEGER",
            "Choir: cName VARCHAR = Nordlys|Brisen, clubroom VARCHAR = K1|K2, openyear INTEGER",
            "Voice: SinID INTEGER -> Singer, cName VARCHAR -> Choir, pitch VARCHAR = alto|bass");

    /** Names as designers shorten them, of which the end only says what kind of table it is. */
    private static final Asked RIDES = World.of(
            "rides",
            "rider_mstr: rider_no INTEGER, rider_nm VARCHAR = Ada Lund|Bo Falk, home_rgn VARCHAR = north|south",
            "agt_mstr: agt_no INTEGER, agt_nm VARCHAR = Kim Poe|Lee Roy, agt_mail VARCHAR",
            "svc_ref: svc_no INTEGER, svc_mthd VARCHAR = phone|counter",
            "ride_hdr: ride_no INTEGER, rider_no INTEGER -> rider_mstr, agt_no INTEGER -> agt_mstr, svc_no INTEGER -> svc_ref, fare DECIMAL(8,2)");

    private final Questions questions = new Questions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many agents are there?                              | number of agt_mstr
            How many rides are there for each service method?       | number of ride_hdr, svc_ref.svc_mthd
            List the riders whose name contains 'lu'.               | rider_mstr.rider_nm; where rider_mstr.rider_nm is like '%lu%'
            """)
    void shortenedNamesAreSpelledOut(String question, String interpretation) {
        assertThat(questions.plan(question, RIDES).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Which dairies produce at least three cheeses?           | dairy.name; having number of cheese >= 3
            What are the names of all cheeses produced in 2008?     | cheese.name; where cheese.year in 2008
            Show the milk shared by the most cheeses.               | cheese.milk, number of cheese; by number of cheese, highest first; the first 1 and those equal to it
            How many cheeses correspond to each milk?               | number of cheese, cheese.milk
            List the names of cheeses that dairies ripen.           | cheese.name; with dairy
            What is the average fat used by all cheeses?            | average cheese.fat
            List the names of cheeses ripened by Montbel.           | cheese.name; where cheese of dairy.name is 'Montbel'
            """)
    void passesOverVerbsThatOnlyConnect(String question, String interpretation) {
        assertThat(questions.plan(question, DAIRY).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is the amount of fat of each cheese?           | cheese.fat
            List the name and the fat percentage of all cheeses. | cheese.name, cheese.fat
            How many cheeses are of cow type?                   | number of cheese; where cheese.milk is 'cow'
            Which cheeses have the substring "ble" in their names? | cheese.name; where cheese.name is like '%ble%'
            Show the city of shops whose owner sex is female.    | shop.city; where shop.owner_sex is 'F'
            Show the city of the shop with the most residents.  | shop.city; by shop.population, highest first; the first 1 and those equal to it
            Show the climates of the host regions of fairs.     | region.climate; with fair
            """)
    void readsNounsThatSayLittle(String question, String interpretation) {
        assertThat(questions.plan(question, DAIRY).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Show the last name and enrollment of all singers.  | Singer.LName, Singer.enr
            What are the clubrooms of the choirs?              | Choir.clubroom
            List the clubroom and the open year of each choir. | Choir.clubroom, Choir.openyear
            How many singers sing alto?                        | number of Singer; where Voice.pitch is 'alto'
            List the names of all singers.                     | Singer.sName
            Show the last name and the enrolment of all singers. | Singer.LName, Singer.enr
            How many sinngers are there?                       | number of Singer
            """)
    void findsNamesThatAreGluedOrCutShort(String question, String interpretation) {
        assertThat(questions.plan(question, CHOIRS).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which dairies abandoned at least three cheeses?",
                "Show the names of the cheeses that were destroyed.",
                "Which shops paid?",
                "What are the names of cheeses rejected in 2008?",
            })
    void declinesVerbsThatTellMore(String question) {
        assertThatThrownBy(() -> questions.plan(question, DAIRY)).isInstanceOf(QueryException.class);
    }
}
