package io.calque.nl2plan.plan;

/** One method a kind of node: a new kind does not compile until every reader handles it. */
public interface PlanVisitor<R> {
    R scan(PlanNode.Scan node);

    R metric(PlanNode.Metric node);

    R filter(PlanNode.Filter node);

    R project(PlanNode.Project node);

    R join(PlanNode.Join node);

    R aggregate(PlanNode.Aggregate node);

    R window(PlanNode.Window node);

    R sort(PlanNode.Sort node);

    R distinct(PlanNode.Distinct node);

    R setOperation(PlanNode.SetOperation node);

    R values(PlanNode.Values node);
}
