package io.calque.benchmarks.fuzz;

import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;

/** How a command of this package ends. */
final class CommandEnd {
    private CommandEnd() {}

    /**
     * Ends the process, also while embedded servers have threads that would keep it alive: with 0 where no difference was found, with 1 where
     * one was, with 2 where it failed.
     *
     * @param differences runs the command and counts them
     */
    static void after(Callable<Integer> differences) {
        int status = 2;
        try {
            status = differences.call() == 0 ? 0 : 1;
        } catch (Exception e) {
            System.getLogger(CommandEnd.class.getName()).log(Level.ERROR, "The command failed", e);
        }
        System.exit(status);
    }
}
