/* The only script that names what Streamlit draws: its test ids, its classes, its attributes. The others read these
   selectors; dashboard.css is the only style sheet that does the same. tests/ui/server/test_streamlit.py names what a new
   version no longer has. (Classes in « st-key- » are made of our own keys.) */
"use strict";

window.streamlitPage = (() => {
  // Streamlit asks for the whole of its font of signs (375 kB) as it starts. A page that shows a sign of it asks for it by
  // itself; those of every page are drawn by dashboard.css.
  const load = document.fonts.load.bind(document.fonts);
  document.fonts.load = (font, ...more) => (font.includes("Material Symbols") ? Promise.resolve([]) : load(font, ...more));

  const main = "[data-testid=stMain]";
  const html = ".stHtml";
  const sidebar = "[data-testid=stSidebar]";
  const chart = ".graphique";
  const app = "[data-testid=stApp]";
  const alert = "[data-testid=stAlert]";
  const exception = "[data-testid=stException]";
  const state = () => document.querySelector(app)?.dataset.testScriptState;
  return {
    main,
    html, // what st.html draws: our own content
    header: "[data-testid=stHeader]",
    sidebar,
    chart,
    plot: `${chart} .plot-container`,
    app,
    block: "[data-testid=stMainBlockContainer]",
    alert,
    exception,
    heading: `${main} ${html} h1`,
    drawn: `${main} :is(${html}, ${alert}, ${exception})`,
    openSidebar: `${sidebar}[data-collapsed=false]`,
    closeSidebar: "[data-testid=stSidebarCollapseButton] button",
    sidebarLink: "[data-testid=stSidebarNav] a",
    sidebarItems: "[data-testid=stSidebarNavItems]",
    sidebarTitle: "[data-testid=stNavSectionHeader] p",
    sidebarKey: "stSidebarCollapsed-", // of localStorage: whether the menu was left closed
    menuSection: "[data-testid=stTopNavSection]",
    menuItems: "[data-testid=stTopNav], [data-testid=stSidebarNavItems]",
    menuLoose: ":not(:has([data-testid=stTopNavSection], [data-testid=stNavSectionHeader]))", // an entry of no section
    menuEntry: "[data-testid=stMenuButtonBody] [role=menuitem]",
    popover: "[data-testid=stPopoverBody]",
    dialog: "[data-testid=stDialog]",
    popoverButton: "[data-testid=stPopoverButton][aria-expanded=true]",
    dropZone: "[data-testid=stFileUploaderDropzone][role=presentation]",
    // Streamlit may keep, unseen, what was replaced.
    replaced: "[data-retained]",
    drawing: `.stApp .stElementContainer:not([data-retained]) ${chart} .js-plotly-plot svg.main-svg`,
    charts: () => [...document.querySelectorAll(`.stApp .stElementContainer:not([data-retained]) ${chart}`)],
    stateAttribute: "data-test-script-state",
    connected: () => document.querySelector(`${app}[data-test-connection-state=CONNECTED]`) !== null,
    running: () => state() === "running",
    idle: () => state() === "notRunning",
    button: (key) => document.querySelector(`.stApp .st-key-${key} button`),
  };
})();
