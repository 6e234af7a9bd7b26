package io.proxystone.control;

import io.proxystone.engine.Engine;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.util.IOHelper;
import org.jspecify.annotations.Nullable;

/**
 * camel-main for a context that the process makes and ends as it needs: configured by {@code application.properties} like any
 * Camel application, but without a hand on the JVM's life.
 */
final class FlowsMain extends Main {

    /**
     * @param name the context's name
     * @param prepare what is done to the context before the user's configuration gets to it
     * @param load what adds the routes, after that configuration
     */
    FlowsMain(Sources sources, String name, Consumer<CamelContext> prepare, RouteLoading load) {
        setShutdownStrategy(new SimpleMainShutdownStrategy());
        setPropertyPlaceholderLocations(locations(sources));
        sources.overrides().forEach(this::addOverrideProperty);
        if (sources.profile() != null) {
            configure().withProfile(sources.profile());
        }
        configure().setName(name);
        configure().setStartupSummaryLevel(StartupSummaryLevel.Off);
        configure().setAutoStartup(false);
        configure().setSourceLocationEnabled(true);
        configure().setRoutesCollectorEnabled(false);
        configure().setAutoConfigurationLogSummary(false);
        addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport main) {
                CamelContext context = main.getCamelContext();
                Engine.fit(context);
                prepare.accept(context);
            }

            @Override
            public void afterConfigure(BaseMainSupport main) {
                load.load(main.getCamelContext());
                Engine.fitLoaded(main.getCamelContext());
            }
        });
    }

    /** Adds routes to a context. */
    interface RouteLoading {
        void load(CamelContext context);
    }

    private static String locations(Sources sources) {
        String directory = "file:" + sources.config().toAbsolutePath() + "/";
        String common = directory + "application.properties;optional=true";
        return sources.profile() == null
                ? common
                : directory + "application-" + sources.profile() + ".properties;optional=true," + common;
    }

    /** Puts environment variables between the command line, which comes first, and the files. */
    @Override
    protected void configurePropertiesService(CamelContext context) throws Exception {
        super.configurePropertiesService(context);
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        properties.addPropertiesSource(new EnvironmentSource());
    }

    private static final class EnvironmentSource implements PropertiesSource, Ordered {
        @Override
        public String getName() {
            return "ENV";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return IOHelper.lookupEnvironmentVariable(name);
        }

        @Override
        public int getOrder() {
            return HIGHEST;
        }
    }
}
