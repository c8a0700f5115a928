package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Computed;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;

/** Says a projection: plain columns keep their place in the documents, others are computed when the pipeline ends. */
final class ProjectCompiler {
    private ProjectCompiler() {}

    static Draft compile(Project project, Draft input) {
        List<Field> fields = new ArrayList<>();
        List<String> names = project.getRowType().getFieldNames();
        for (int i = 0; i < names.size(); i++) {
            fields.add(field(project, project.getProjects().get(i), names.get(i), input));
        }
        return input.withFields(fields);
    }

    private static Field field(Project project, RexNode expression, String name, Draft input) {
        if (expression instanceof RexInputRef ref) {
            return input.fields().get(ref.getIndex()).withName(name);
        }
        if (input.whenEmpty() == WhenEmpty.ONE_ROW) {
            throw new Refused(
                    "an aggregate without groups has one row even over nothing, which MongoDB does not compute on");
        }
        if (RexOver.containsOver(expression)) {
            throw new Refused("MongoDB is not asked for window functions");
        }
        RexNode expanded = RexUtil.expandSearch(project.getCluster().getRexBuilder(), null, expression);
        DataType type = Literals.type(expression.getType());
        if (type.kind() == TypeKind.ARRAY || type.kind() == TypeKind.VARBINARY || type.kind() == TypeKind.TIME) {
            throw new Refused("values of type " + type + " are computed here");
        }
        return new Field(
                name,
                type,
                expression.getType().isNullable(),
                new Computed(new ExpressionTranslator(input).value(expanded)),
                Optional.empty(),
                Accepts.EXACT,
                name,
                input.origin().table());
    }
}
