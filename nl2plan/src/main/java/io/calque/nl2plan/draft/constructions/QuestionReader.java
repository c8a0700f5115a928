package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.phrases.Reading;
import io.calque.nl2plan.draft.phrases.RequestReader;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads mentions into a request: by the first construction that occurs, which has the rest read again, else word by word.
 * Used for one question; {@code amend} is what constructions say of the rest before what that leaves unsaid is filled in.
 */
public final class QuestionReader {
    private static final List<Construction> CONSTRUCTIONS = List.of(
            new TimeBetween(),
            new PeriodsCompared(),
            new ValuesInBoth(),
            new SetsCombined(),
            new RowsWithout(),
            new Sameness(),
            new ColumnsCompared(),
            new OwnColumn(),
            new BesideAverage(),
            new BesideEntity(),
            new OnlyThose(),
            new PartsOfWhole(),
            new TwoFigures(),
            new LatestOf());

    private final Context context;
    private final Consumer<Reading> amend;

    public QuestionReader(Context context) {
        this(context, reading -> {});
    }

    private QuestionReader(Context context, Consumer<Reading> amend) {
        this.context = context;
        this.amend = amend;
    }

    Context context() {
        return context;
    }

    /** A reader of what is left of the question. */
    QuestionReader amending(Consumer<Reading> more) {
        return new QuestionReader(context, more.andThen(amend));
    }

    public Understood read(List<Mention> mentions) {
        for (Construction construction : CONSTRUCTIONS) {
            Optional<Understood> understood = read(construction, mentions);
            if (understood.isPresent()) {
                return understood.get();
            }
        }
        RequestReader reader = new RequestReader(mentions, context, new QuestionReader(context)::read);
        Request request = reader.read(amend);
        return new Understood(request, new ArrayList<>(reader.unexplained()));
    }

    /** What a construction cannot make sense of may be something else. */
    private Optional<Understood> read(Construction construction, List<Mention> mentions) {
        try {
            return construction.read(mentions, this);
        } catch (NotUnderstood e) {
            return Optional.empty();
        }
    }
}
