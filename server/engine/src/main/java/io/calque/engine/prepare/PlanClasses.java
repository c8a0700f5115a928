package io.calque.engine.prepare;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes that compiled plans name, and which names are none. To tell a variable from a package, the compiler asks for classes such as
 * {@code java.lang.left0}, and each time every file of the class path is looked through in vain; a name that is no class now never will be.
 * Thread-safe.
 */
final class PlanClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    /** Generated code has few names, but nothing else bounds them. */
    private static final int MOST_NAMES = 10_000;

    private final Set<String> absent = ConcurrentHashMap.newKeySet();

    PlanClasses(ClassLoader parent) {
        super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (absent.contains(name)) {
            throw new AbsentException(name);
        }
        try {
            return super.loadClass(name, resolve);
        } catch (ClassNotFoundException e) {
            if (absent.size() < MOST_NAMES) {
                absent.add(name);
            }
            throw e;
        }
    }

    /** Thrown by the hundred and never shown. */
    private static final class AbsentException extends ClassNotFoundException {
        private static final long serialVersionUID = 1;

        AbsentException(String name) {
            super(name);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
