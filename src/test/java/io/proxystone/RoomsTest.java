package io.proxystone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the table of rooms: which package may import which (docs/architecture.md). */
class RoomsTest {
    private static final String ROOT = "io.proxystone";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** A room and the rooms it may import. */
    private record Room(String name, List<String> imports) {
        Room(String name, String... imports) {
            this(name, List.of(imports));
        }

        String[] allowed() {
            return Stream.concat(Stream.of(name), imports.stream())
                    .map(each -> ROOT + "." + each)
                    .toArray(String[]::new);
        }
    }

    private static final List<Room> ROOMS = List.of(
            new Room("http"),
            new Room("http.http1", "http"),
            new Room("traffic", "http"),
            new Room("traffic.accesslog", "traffic", "http"),
            new Room("upstream", "http"),
            new Room("cache", "http"),
            new Room("cache.store.file", "cache", "http"),
            new Room("cache.store.memory", "cache", "http"),
            new Room("cache.serving", "cache", "edge.loop", "edge.message", "http"),
            new Room("cache.camel", "cache", "cache.serving", "edge.loop", "edge.message", "http", "traffic"),
            new Room("cache.store.tiered", "cache", "http"),
            new Room("edge.loop", "http"),
            new Room("edge.message", "edge.loop", "http", "http.http1", "traffic"),
            new Room("edge", "edge.loop", "edge.message", "http", "http.http1", "traffic"),
            new Room("edge.camel", "edge", "edge.loop", "edge.message", "http", "traffic"),
            new Room("upstream.netty", "upstream", "edge.loop", "edge.message", "http", "http.http1"),
            new Room("upstream.camel", "upstream", "upstream.netty", "edge.loop", "edge.message", "http"),
            new Room("engine", "edge.loop", "http"),
            new Room("config", "cache", "edge", "http", "traffic.accesslog", "upstream"),
            new Room("metrics", "http", "traffic", "upstream"),
            new Room(
                    "control",
                    "cache",
                    "cache.camel",
                    "cache.serving",
                    "cache.store.file",
                    "cache.store.memory",
                    "cache.store.tiered",
                    "config",
                    "edge",
                    "edge.camel",
                    "edge.loop",
                    "edge.message",
                    "engine",
                    "traffic",
                    "upstream",
                    "upstream.camel",
                    "upstream.netty"),
            new Room("management", "control", "config", "http", "metrics"),
            new Room("cli", "control", "config", "upstream"),
            new Room("demo"));

    @TestFactory
    Stream<DynamicTest> everyRoomImportsOnlyWhatTheTableSays() {
        return ROOMS.stream()
                .map(room -> DynamicTest.dynamicTest(room.name(), () -> classes()
                        .that()
                        .resideInAPackage(ROOT + "." + room.name())
                        .should()
                        .onlyDependOnClassesThat(
                                not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(room.allowed())))
                        .check(CLASSES)));
    }

    @Test
    void everyPackageIsARoom() {
        classes()
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(ROOT), ROOMS.stream().map(room -> ROOT + "." + room.name()))
                                .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void pureRoomsKnowNoTechnology() {
        classes()
                .that()
                .resideInAnyPackage(
                        ROOT + ".http", ROOT + ".http.http1", ROOT + ".traffic", ROOT + ".upstream", ROOT + ".cache")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        ROOT + ".http..",
                        ROOT + ".traffic",
                        ROOT + ".upstream",
                        ROOT + ".cache"))
                .check(CLASSES);
    }

    @Test
    void pureRoomsReadNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".http..", ROOT + ".traffic", ROOT + ".upstream", ROOT + ".cache")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }

    @Test
    void nettyStaysAtTheEdgeAndInTheUpstreamClient() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".edge..",
                        ROOT + ".upstream.netty",
                        ROOT + ".upstream.camel",
                        ROOT + ".cache.serving",
                        ROOT + ".cache.store.memory")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
