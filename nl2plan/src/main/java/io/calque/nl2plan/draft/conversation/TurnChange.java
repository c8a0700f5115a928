package io.calque.nl2plan.draft.conversation;

import io.calque.nl2plan.draft.phrases.Reading;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Bucket;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.words.NumberWords;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a question changes one thing in what was asked before: a value or a time of the same kind takes the place of the one there was,
 * else it is added; so with groups, figures, the order and how many rows are shown. Used for one turn.
 */
final class TurnChange {
    private static final Pattern OPENING = Pattern.compile(
            "(?i)^[\\s,]*(?:(?:and|but|or|so|now|then|ok|okay|please|only|just|what about|how about|make (?:it|that)|limit (?:it|that) to|(?:the )?same for|show(?: me)?(?: only| just)|"
                    + "those|these|the ones|them)\\b[\\s,:]*)+");
    private static final Pattern CLOSING =
            Pattern.compile("(?i)[\\s,]*(?:\\b(?:instead|please|then|though|only|too|as well)\\b)?[\\s?.!]*$");
    private static final String NUMBER =
            "(\\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|fifty|hundred)";
    private static final Pattern FIRST = Pattern.compile("(?i)^(?:the )?(?:top |first |best |bottom |worst )?" + NUMBER
            + "(?: (?:most|rows?|results?|ones?|entries|of them|of those))?$");
    private static final Pattern TOTAL =
            Pattern.compile("(?i)^(?:in total|overall|altogether|all together|in all|the total)$");
    private static final Pattern SORT = Pattern.compile(
            "(?i)^(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?|arrange)(?: (?:it|them|that|those|the (?:list|results?|rows)))?(?: by)? (.+)$");
    private static final Pattern GROUP = Pattern.compile(
            "(?i)^(?:(?:break|split|group|show)(?: (?:it|that|this|them|those))?(?: (?:down|up))? )?(?:by|per|for each|for every|in each|grouped by) (.+)$");
    private static final Pattern WITH_SHOWN = Pattern.compile(
            "(?i)^(.*?)[\\s,]*\\b(?:with|add|include|including|plus|also show|and show) (?:also )?(?:the|their|its|his|her) (?!\\w+est\\b|most\\b|least\\b|same\\b)(.+)$");
    private static final Pattern FIGURES =
            Pattern.compile("(?i)(?:amounts?|numbers?|figures?|values?|counts?|totals?|sums?)");
    private static final Pattern WITHOUT = Pattern.compile(
            "(?i)^(?:leave out|exclude|excluding|without|except(?: for)?|not|drop|ignore|skip|omit)(?: the ones| those)? (.+)$");
    private static final Pattern YEAR_BESIDE = Pattern.compile(
            "(?i)^(?:(?:in|for|during) )?(?:the )?(year before(?: that)?|previous year|prior year|last year|year after(?: that)?|next year|following year)$");
    private static final Pattern YEAR = Pattern.compile("\\b(?:19|20)\\d\\d\\b");

    private final TurnReader reader;
    private final Nouns nouns;
    private final TurnRestriction restriction;

    TurnChange(TurnReader reader, Nouns nouns) {
        this.reader = reader;
        this.nouns = nouns;
        this.restriction = new TurnRestriction(reader, nouns);
    }

    /**
     * @throws NotUnderstood where the turn changes nothing that is known
     */
    Understanding apply(Understanding before, String turn) {
        String said = CLOSING.matcher(OPENING.matcher(turn).replaceFirst("")).replaceFirst("");
        TableDescriptor subject = before.subject().orElseThrow(TurnChange::notUnderstood);
        Request request = before.request();
        Matcher first = FIRST.matcher(said);
        if (first.matches()) {
            return first(before, number(first.group(1)));
        }
        if (TOTAL.matcher(said).matches() && !request.measures().isEmpty()) {
            regroup(request, List.of());
            request.orders.clear();
            return before;
        }
        Matcher shown = WITH_SHOWN.matcher(said);
        if (shown.matches()) {
            Understanding rest = shown.group(1).isBlank() ? before : apply(before, shown.group(1));
            return shown(rest, shown.group(2), subject);
        }
        Matcher sort = SORT.matcher(said);
        if (sort.matches()) {
            return sorted(before, sort.group(1), subject);
        }
        Matcher without = WITHOUT.matcher(said);
        if (without.matches()) {
            return restriction.without(before, without.group(1), subject);
        }
        Matcher group = GROUP.matcher(said);
        if (group.matches()) {
            Optional<Understanding> grouped = grouped(before, group.group(1), subject);
            if (grouped.isPresent()) {
                return grouped.get();
            }
        }
        Matcher beside = YEAR_BESIDE.matcher(said);
        if (beside.matches()) {
            boolean earlier = beside.group(1).matches("(?i).*(before|previous|prior|last).*");
            return restriction.filtered(before, "in " + (year(request) + (earlier ? -1 : 1)), subject);
        }
        return restriction.filtered(before, said, subject);
    }

    static NotUnderstood notUnderstood() {
        return new NotUnderstood("it goes on from the question before in a way that is not understood; ask it in full");
    }

    private static long number(String text) {
        return NumberWords.of(text.toLowerCase(java.util.Locale.ROOT))
                .map(Integer::longValue)
                .orElseGet(() -> Long.parseLong(text));
    }

    private static int year(Request request) {
        for (Condition condition : request.conditions) {
            Matcher year = YEAR.matcher(condition.words());
            if (ColumnKinds.temporal(condition.column().column()) && year.find()) {
                return Integer.parseInt(year.group());
            }
        }
        throw notUnderstood();
    }

    /** "only the top three": by the figure shown, where no order was asked for. */
    private static Understanding first(Understanding before, long count) {
        Request request = before.request();
        if (request.orders.isEmpty()) {
            request.outputs.stream()
                    .filter(Request::isFigure)
                    .findFirst()
                    .ifPresent(o -> request.orders.add(new Order(o, Direction.DESC)));
        }
        request.limit = OptionalLong.of(count);
        request.place = OptionalInt.empty();
        return before;
    }

    private Understanding sorted(Understanding before, String by, TableDescriptor subject) {
        Understanding read = reader.read("list " + nouns.plural(subject) + " ordered by " + by, before.mentions());
        if (read.request().orders.isEmpty()) {
            throw notUnderstood();
        }
        Request request = before.request();
        List<Order> orders = new ArrayList<>();
        for (Order order : read.request().orders) {
            orders.add(new Order(asShown(order.item(), request), order.direction()));
        }
        request.orders.clear();
        request.orders.addAll(orders);
        return with(before, read);
    }

    /** A column that is shown under an aggregate is meant as it is shown. */
    private static Item asShown(Item item, Request request) {
        if (!(item instanceof Attribute attribute) || request.measures().isEmpty()) {
            return item;
        }
        return request.outputs.stream()
                .filter(o -> o instanceof Measure m
                                && m.column().filter(attribute.column()::equals).isPresent()
                        || o instanceof Bucket b && b.column().equals(attribute.column())
                        || o.equals(item))
                .findFirst()
                .orElseThrow(TurnChange::notUnderstood);
    }

    /** "with the amounts", "with their e-mail addresses". */
    private Understanding shown(Understanding before, String what, TableDescriptor subject) {
        Request request = before.request();
        if (FIGURES.matcher(what.strip()).matches()) {
            request.measures().stream()
                    .filter(m -> !request.outputs.contains(m))
                    .forEach(request.outputs::add);
            return before;
        }
        Understanding read = reader.read("show the " + what + " of " + nouns.plural(subject), before.mentions());
        read.request().outputs.stream()
                .filter(o -> !request.outputs.contains(o))
                .forEach(request.outputs::add);
        return with(before, read);
    }

    /** Empty where the words name a value: "by mail". */
    private Optional<Understanding> grouped(Understanding before, String by, TableDescriptor subject) {
        Understanding read = reader.read("number of " + nouns.plural(subject) + " per " + by, before.mentions());
        Request request = before.request();
        Request groups = read.request();
        boolean ranked = request.orders.stream().anyMatch(o -> o.item() instanceof Measure);
        boolean figure = groups.outputs.stream().noneMatch(o -> !Request.isFigure(o)) || ranked && isFigure(by, before);
        if (figure && ranked) {
            return rankedBy(before, by, subject);
        }
        List<Item> keys =
                groups.outputs.stream().filter(o -> !Request.isFigure(o)).toList();
        boolean unsaid = groups.conditions.stream()
                .anyMatch(c -> request.conditions.stream()
                        .noneMatch(had ->
                                had.column().equals(c.column()) && had.words().equals(c.words())));
        if (keys.isEmpty() || unsaid) {
            return Optional.empty();
        }
        if (request.measures().isEmpty()) {
            request.outputs.clear();
            request.outputs.add(Reading.count(subject));
            request.orders.clear();
        }
        regroup(request, keys);
        request.groups.addAll(groups.groups);
        request.hiddenKeys.addAll(groups.hiddenKeys);
        groups.orders.stream().filter(o -> o.item() instanceof Bucket).forEach(request.orders::add);
        return Optional.of(with(before, read));
    }

    private static void regroup(Request request, List<Item> keys) {
        request.outputs.removeIf(o -> !Request.isFigure(o));
        request.groups.clear();
        request.hiddenKeys.clear();
        request.orders.removeIf(o -> !(o.item() instanceof Measure));
        request.outputs.addAll(0, keys);
    }

    private boolean isFigure(String by, Understanding before) {
        return reader.read("total " + by, before.mentions()).request().outputs.stream()
                .allMatch(Request::isFigure);
    }

    /** "by revenue instead": the same ranking by another figure. */
    private Optional<Understanding> rankedBy(Understanding before, String by, TableDescriptor subject) {
        Understanding read =
                reader.read("which " + nouns.plural(subject) + " have the highest total " + by, before.mentions());
        Optional<Measure> figure = read.request().measures().stream().findFirst();
        if (figure.isEmpty() || !read.unexplained().isEmpty()) {
            return Optional.empty();
        }
        Request request = before.request();
        List<Measure> old = request.orders.stream()
                .map(Order::item)
                .filter(Request::isFigure)
                .map(o -> (Measure) o)
                .toList();
        old.forEach(m -> request.replace(m, figure.get()));
        return Optional.of(with(before, read));
    }

    static Understanding with(Understanding before, Understanding read) {
        List<String> unexplained = new ArrayList<>(before.unexplained());
        unexplained.addAll(read.unexplained());
        return new Understanding(before.request(), unexplained, read.mentions(), read.context());
    }
}
