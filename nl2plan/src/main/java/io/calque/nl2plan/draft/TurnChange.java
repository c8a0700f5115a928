package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.Mention.Compare;
import io.calque.nl2plan.draft.Request.Attribute;
import io.calque.nl2plan.draft.Request.Bucket;
import io.calque.nl2plan.draft.Request.Condition;
import io.calque.nl2plan.draft.Request.Having;
import io.calque.nl2plan.draft.Request.Item;
import io.calque.nl2plan.draft.Request.Measure;
import io.calque.nl2plan.draft.Request.Order;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
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
    private static final Pattern PREPOSITION = Pattern.compile(
            "(?i)^(?:in|from|of|for|by|with|at|on|during|since|before|after|until|between|over|under|above|below|more|less|fewer|at|that|who|which|whose|where|to|without)\\b.*");

    private final TurnReader reader;
    private final Nouns nouns;

    TurnChange(TurnReader reader, Nouns nouns) {
        this.reader = reader;
        this.nouns = nouns;
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
            return without(before, without.group(1), subject);
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
            return filtered(before, "in " + (year(request) + (earlier ? -1 : 1)), subject);
        }
        return filtered(before, said, subject);
    }

    private static NotUnderstood notUnderstood() {
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
            if (Context.temporal(condition.column().column()) && year.find()) {
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

    /** "leave out the brands with fewer than 77 parts", "without the USA". */
    private Understanding without(Understanding before, String what, TableDescriptor subject) {
        Request request = before.request();
        Understanding read = readable(what, before, subject);
        Request unwanted = read.request();
        if (!unwanted.having.isEmpty()) {
            unwanted.having.forEach(
                    h -> request.having.add(new Having(h.measure(), Conditions.opposite(h.comparison()), h.against())));
            return with(before, read);
        }
        List<Condition> fresh = fresh(unwanted, request);
        if (fresh.isEmpty()) {
            throw notUnderstood();
        }
        fresh.forEach(c -> add(
                request,
                new Condition(
                        c.column(),
                        name -> "(" + c.sql().apply(name) + ") IS NOT TRUE",
                        "not " + c.words(),
                        c.owner())));
        return with(before, read);
    }

    /** What restricts the rows now: in the place of what is said of the same column, else besides. */
    private Understanding filtered(Understanding before, String what, TableDescriptor subject) {
        Request request = before.request();
        Optional<Having> bound = bound(what, before);
        if (bound.isPresent()) {
            request.having.removeIf(h -> h.measure().equals(bound.get().measure())
                    && h.comparison() == bound.get().comparison());
            request.having.add(bound.get());
            return before;
        }
        List<Mention> said = reader.mentions(what).stream()
                .filter(m -> !(m instanceof Mention.Marker))
                .toList();
        if (said.size() == 1 && said.get(0) instanceof Mention.During during) {
            return during(before, during);
        }
        Understanding read = readable(what, before, subject);
        Request more = read.request();
        boolean something = false;
        for (Condition condition : fresh(more, request)) {
            boolean time = Context.temporal(condition.column().column());
            Optional<Condition> old = request.conditions.stream()
                    .filter(c -> c.column().equals(condition.column())
                            || time && Context.temporal(c.column().column()))
                    .findFirst();
            Condition now = old.filter(o -> time && !o.column().equals(condition.column()))
                    .map(o ->
                            new Condition(o.column(), condition.sql(), o.column() + " " + condition.words(), o.owner()))
                    .orElse(condition);
            request.conditions.removeIf(c -> c.column().equals(now.column()) && !c.equals(now));
            add(request, now);
            something = true;
        }
        for (Having having : more.having) {
            request.having.add(having);
            something = true;
        }
        something |= more.absent.stream()
                        .filter(t ->
                                request.absent.stream().noneMatch(a -> a.name().equals(t.name())))
                        .peek(request.absent::add)
                        .count()
                > 0;
        something |= more.required.stream()
                        .filter(t -> !t.name().equals(subject.name())
                                && request.required.stream()
                                        .noneMatch(a -> a.name().equals(t.name())))
                        .peek(request.required::add)
                        .count()
                > 0;
        if (request.orders.isEmpty() && !more.orders.isEmpty()) {
            request.orders.addAll(more.orders);
            request.limit = more.limit;
            request.ties = more.ties;
            something = true;
        }
        if (!something) {
            throw notUnderstood();
        }
        return with(before, read);
    }

    /** A time in the place of the one there was, else of the date that what was asked has. */
    private static Understanding during(Understanding before, Mention.During during) {
        Request request = before.request();
        Optional<Condition> old = request.conditions.stream()
                .filter(c -> Context.temporal(c.column().column()))
                .findFirst();
        if (old.isEmpty()) {
            new RequestCompletion(request, before.context(), List.of(), List.of())
                    .during(new RequestCompletion.Timed(during, List.of()));
            return before;
        }
        Condition condition = old.get();
        request.conditions.set(
                request.conditions.indexOf(condition),
                new Condition(
                        condition.column(),
                        during.period()::condition,
                        condition.column() + " " + during.text(),
                        condition.owner()));
        return before;
    }

    private static List<Condition> fresh(Request read, Request request) {
        return read.conditions.stream()
                .filter(c -> request.conditions.stream()
                        .noneMatch(had ->
                                had.column().equals(c.column()) && had.words().equals(c.words())))
                .toList();
    }

    private static void add(Request request, Condition condition) {
        if (request.shareFrom.isPresent()) {
            request.conditions.add(request.shareFrom.getAsInt(), condition);
            request.shareFrom = OptionalInt.of(request.shareFrom.getAsInt() + 1);
            return;
        }
        request.conditions.add(condition);
    }

    /** "more than eleven": of the one figure there is. */
    private Optional<Having> bound(String what, Understanding before) {
        List<Measure> figures = before.request().measures();
        if (figures.size() != 1) {
            return Optional.empty();
        }
        String text = what.replaceFirst("(?i)^(?:with|that have|having|who have|which have)\\s+", "");
        List<Mention> said = reader.mentions(text);
        boolean plain = said.size() == 2 && said.get(0) instanceof Compare && said.get(1) instanceof Mention.Number;
        if (!plain) {
            return Optional.empty();
        }
        Comparison comparison = ((Compare) said.get(0)).comparison();
        BigDecimal number = ((Mention.Number) said.get(1)).value();
        return Optional.of(new Having(figures.get(0), comparison, number));
    }

    /** A piece of a question as one of its own, about the same rows. */
    private Understanding readable(String what, Understanding before, TableDescriptor subject) {
        String noun = nouns.plural(subject);
        String plain = what.replaceFirst("(?i)^(?:the|a|an)\\s+", "");
        List<String> ways = PREPOSITION.matcher(what).matches()
                ? List.of("list " + noun + " " + what, "list " + what)
                : List.of("list " + what, "list " + plain + " " + noun, "list " + noun + " in " + what);
        NotUnderstood last = notUnderstood();
        for (String way : ways) {
            try {
                Understanding read = reader.read(way, before.mentions());
                boolean says = !read.request().conditions.isEmpty()
                        || !read.request().having.isEmpty()
                        || !read.request().absent.isEmpty()
                        || !read.request().orders.isEmpty()
                        || !read.request().required.isEmpty();
                if (read.unexplained().isEmpty() && says) {
                    return read;
                }
            } catch (NotUnderstood e) {
                last = e;
            }
        }
        throw last;
    }

    private static Understanding with(Understanding before, Understanding read) {
        List<String> unexplained = new ArrayList<>(before.unexplained());
        unexplained.addAll(read.unexplained());
        return new Understanding(before.request(), unexplained, read.mentions(), read.context());
    }
}
