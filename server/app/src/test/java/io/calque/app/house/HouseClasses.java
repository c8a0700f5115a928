package io.calque.app.house;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** The house's own classes: neither tests nor the libraries that the packaged driver carries, relocated. Stateless. */
public final class HouseClasses implements ImportOption {

    private static final ImportOption NO_TESTS = new ImportOption.DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
        return NO_TESTS.includes(location) && !location.contains("/io/calque/driver/shaded/");
    }
}
