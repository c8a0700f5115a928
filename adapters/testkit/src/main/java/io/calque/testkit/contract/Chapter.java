package io.calque.testkit.contract;

/** What every chapter of the contract can use. */
interface Chapter {
    ContractWorld world();
}
