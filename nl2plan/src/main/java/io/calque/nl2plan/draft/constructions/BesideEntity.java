package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.phrases.Reading;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Beside;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Having;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Rows;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A number beside that of somebody who is named.
 *
 * <pre>
 * S who have spent more than E            a figure of a group, beside the same figure of E
 * S longer than 'E', older than E         a column, beside that of E
 * S hired before E                        a date, beside that of E
 * </pre>
 */
final class BesideEntity implements Construction {
    private static final Map<String, Comparison> WORDS = Map.of(
            "before", Comparison.LT,
            "earlier than", Comparison.LT,
            "after", Comparison.GT,
            "later than", Comparison.GT,
            "older than", Comparison.LT,
            "younger than", Comparison.GT);
    private static final Set<String> MORE =
            Set.of("more", "higher", "greater", "longer", "bigger", "larger", "heavier", "taller", "better");
    private static final Set<String> LESS =
            Set.of("less", "fewer", "lower", "shorter", "smaller", "cheaper", "lighter");

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        for (int i = 1; i + 1 < list.size(); i++) {
            boolean split = list.says(i, Set.of("than"));
            Optional<Comparison> comparison =
                    split ? split(list, i) : comparison(list.all().get(i));
            if (comparison.isEmpty() || !list.isValue(i + 1)) {
                continue;
            }
            int end = i + 1;
            while (list.isValue(end)) {
                end++;
            }
            int from = split ? before(list, i) : i;
            MentionList rest = split ? list.without(i, end).without(from, from + 1) : list.without(i, end);
            String word = list.all().get(from).text().toLowerCase(Locale.ROOT);
            String hint = list.at(from - 1).map(Mention::text).orElse("");
            List<Mention> entity = list.sub(i + 1, end);
            Comparison held = comparison.get();
            boolean counted = split && rest.isTable(from);
            MentionList measured = counted ? rest.measured(from) : rest;
            return Optional.of(reader.amending(reading -> amend(reading, word, hint, held, entity))
                    .read(measured.all()));
        }
        return Optional.empty();
    }

    private static Optional<Comparison> comparison(Mention mention) {
        if (mention instanceof Compare compare) {
            return Optional.of(compare.comparison());
        }
        return mention instanceof Mention.Marker m && m.mark() == Mark.UNSUPPORTED
                ? Optional.ofNullable(WORDS.get(m.text().toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    private static Optional<Comparison> split(MentionList list, int than) {
        int at = before(list, than);
        return at < 0 ? Optional.empty() : Optional.of(list.says(at, MORE) ? Comparison.GT : Comparison.LT);
    }

    private static int before(MentionList list, int than) {
        for (int i = than - 1; i >= 0 && i > than - 6; i--) {
            if (list.says(i, MORE) || list.says(i, LESS)) {
                return i;
            }
        }
        return -1;
    }

    private static void amend(Reading reading, String word, String hint, Comparison comparison, List<Mention> entity) {
        Request request = reading.request;
        Context context = reading.context;
        Optional<Measure> measure = request.outputs.stream()
                .filter(o -> o instanceof Measure)
                .map(o -> (Measure) o)
                .reduce((a, b) -> b)
                .filter(m -> m.column().isPresent()
                        || request.subject
                                .filter(s -> !s.name().equals(m.of().name()))
                                .isPresent());
        Request other = new Request();
        if (measure.isPresent() && !WORDS.containsKey(word)) {
            TableDescriptor subject = request.subject.orElse(measure.get().of());
            Sameness.entity(entity, subject, other, context);
            request.outputs.remove(measure.get());
            request.having.add(new Having(measure.get(), comparison, new Rows(other.conditions)));
            return;
        }
        TableDescriptor subject = SetsCombined.whose(request, context)
                .or(() -> entityTable(entity, context))
                .orElseThrow(() -> new NotUnderstood("who?"));
        TableDescriptor of = Sameness.entity(entity, subject, other, context);
        Optional<ColumnRef> last = reading.lastColumn.filter(
                c -> c.column().type().isNumeric() && !context.rows().isKey(c));
        boolean age = word.startsWith("older") || word.startsWith("younger");
        boolean time = WORDS.containsKey(word) && !age;
        Optional<ColumnRef> column = age
                ? context.amounts().measured(of, "young")
                : time
                        ? context.times()
                                .of(of, Stems.of(hint))
                                .or(() -> context.times().of(of))
                        : last.filter(c -> c.table().name().equals(of.name()))
                                .or(() -> context.amounts().measured(of, word))
                                .or(() -> last);
        ColumnRef found = column.filter(c -> c.table().name().equals(subject.name()))
                .orElseThrow(() -> new NotUnderstood("what is '" + word + "'?"));
        request.outputs.remove(new Attribute(found));
        reading.askFor(subject);
        reading.unexplained.removeIf(u -> time && u.equals(hint));
        other.outputs.add(new Attribute(found));
        request.beside.add(new Beside(found, comparison, other));
    }

    private static Optional<TableDescriptor> entityTable(List<Mention> entity, Context context) {
        return entity.stream()
                .filter(m -> m instanceof Linked && !(m instanceof Quoted))
                .flatMap(m -> context.pick((Linked) m, l -> l instanceof Link.ToValue).stream())
                .map(Link::table)
                .findFirst();
    }
}
