/**
 * The contract that every adapter is held to, as a JUnit suite: {@link io.calque.testkit.contract.AdapterContractTest} runs
 * against a real database that a subclass brings as a {@link io.calque.testkit.contract.ContractDatabase}.
 *
 * <p>Each {@code ...Contract} interface is one chapter of the contract; the {@code ...Cases} say which fragments a source may be
 * asked for, and {@link io.calque.testkit.rel} what they mean. One suite runs in one thread and starts more only where
 * the contract speaks of threads.
 */
@NullMarked
package io.calque.testkit.contract;

import org.jspecify.annotations.NullMarked;
