package io.calque.nl2plan.draft.request;

import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.plan.PlanNode.Direction;

/**
 * The place of each row among all: "the rank of each customer by revenue".
 *
 * @param by what decides
 * @param direction which end has place one
 */
public record Ranked(Item by, Direction direction) implements Item {}
