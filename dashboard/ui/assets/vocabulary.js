/* The English words that Streamlit cannot be told to say otherwise, and their French.
   Exact texts only: what the dashboard writes itself is French already and never matches.
   A test opens the pages and fails on a word that is missing here. */
"use strict";

window.tableauDeBord = {
  exact: {
    // Frame of the page
    "Skip to main content": "Passer au contenu principal",
    "App pages": "Pages du tableau de bord",
    "Main menu": "Menu principal",
    "Sidebar": "Menu",
    "Collapse sidebar": "Fermer le menu",
    "Expand sidebar": "Ouvrir le menu",
    "Notifications": "Avis",
    "Close": "Fermer",
    "Dismiss": "Fermer",
    "Rejeter": "Fermer",
    "Cancel": "Annuler",
    "More": "Plus",
    "(opens in new tab)": "(s’ouvre dans un nouvel onglet)",
    "View less": "Voir moins",
    "Toolbar action": "Outil",
    // State of the server
    "Running...": "Calcul en cours…",
    "Stop": "Arrêter",
    "Stopping...": "Arrêt en cours…",
    "Please wait...": "Un instant…",
    "Loading...": "Chargement…",
    "Connecting": "Connexion",
    "Connecting to Streamlit server": "Connexion au serveur…",
    "Connecting to static app": "Connexion au serveur…",
    "Unable to connect to Streamlit server": "Le serveur ne répond pas",
    "Error": "Erreur",
    "Error:": "Erreur\u00a0:",
    "Connection error": "Connexion interrompue",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Le serveur du tableau de bord ne répond plus. S’il a été arrêté, redémarrez-le\u00a0:",
    "streamlit run yourscript.py": "streamlit run app.py",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Le serveur du tableau de bord ne répond pas. Vérifiez votre connexion au réseau; la page reviendra "
      + "d’elle-même.",
    "Connection timed out.": "Le serveur met trop de temps à répondre.",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "Connexion interrompue. Attendez qu’elle revienne, puis essayez de nouveau.",
    "Network error": "Erreur de réseau",
    "Try again": "Réessayer",
    "Retry": "Réessayer",
    "Continue anyway": "Continuer quand même",
    "Page not found": "Page introuvable",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Cette page n’existe pas. Voici la page d’accueil.",
    "Script execution error": "Cette page n’a pas pu s’afficher",
    "Bad message format": "Message illisible",
    "No message": "Aucun détail",
    "Unknown error": "Erreur inconnue",
    // Choices
    "Choose an option": "Choisissez une valeur",
    "Choose options": "Choisissez des valeurs",
    "No options to select": "Aucun choix possible",
    "No options to select.": "Aucun choix possible.",
    "No results": "Aucun résultat",
    "Open": "Ouvrir",
    "Select all": "Tout choisir",
    "Clear all": "Tout effacer",
    "Clear value": "Vider ce champ",
    "Clear entry": "Effacer",
    "Selectbox": "Choix",
    "Selectbox options": "Choix possibles",
    "Multiselect": "Choix multiples",
    "Selected values": "Valeurs choisies",
    "Show suggestions": "Voir les choix",
    "Suggestions": "Choix possibles",
    "Long press or press Alt + ArrowDown to open menu":
      "Pour ouvrir le menu, appuyez longuement ou faites Alt + flèche vers le bas",
    "Press Enter to apply": "Appuyez sur Entrée pour appliquer",
    "Press Ctrl+Enter to apply": "Appuyez sur Ctrl + Entrée pour appliquer",
    "Press ⌘+Enter to apply": "Appuyez sur ⌘ + Entrée pour appliquer",
    "Invalid input.": "Valeur refusée.",
    "Help": "Aide",
    "Select...": "Choisir…",
    // Charts
    "Fullscreen": "Plein écran",
    "Close fullscreen": "Quitter le plein écran",
    // Files
    "file upload": "Envoi d’un fichier",
    "Upload": "Choisir un fichier",
    "Add files": "Ajouter des fichiers",
    "add icon": "Ajouter",
    "Drag and drop a file here": "Déposez un fichier ici",
    "Drag and drop files here": "Déposez des fichiers ici",
    "Only one file is allowed.": "Un seul fichier est permis.",
    "Click to retry upload": "Cliquer pour renvoyer le fichier",
    "Error uploading file": "Le fichier n’a pas pu être envoyé",
    "Failed to generate file for download": "Le fichier n’a pas pu être produit",
    "Unexpected error. Please try again.": "Erreur inattendue. Essayez de nouveau."
  },
  // Whole texts that hold a number or a name.
  patterns: [
    [/^Add: (.+)$/, "Demander\u00a0: $1"],
    // The name of a popover is read as it is written, with the mark of what is heard and not seen.
    [/^([^*]+)\*(.+)\*$/, "$1$2"],
    [/^Help for (.+)$/, "Aide\u00a0: $1"],
    [/^View (\d+) more$/, "Voir $1 de plus"],
    [/^(\d+) options? available\.$/, "Choix possibles\u00a0: $1."],
    [/^(.+), selected$/, "$1, choisi"],
    [/^Remove (.+)$/, "Retirer $1"],
    [/^Select (\d+) matches$/, "Choisir les $1 résultats"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/,
      "Pas plus de $1 choix\u00a0: retirez-en un d’abord."],
    [/^(\d+) ?MB per file.*$/, "$1\u00a0Mo au plus"],
    [/^(\d+)(?:\.0)?B$/, "$1\u00a0o"],
    [/^(.+), (\d+)(?:\.0)?B$/, "$1, $2\u00a0o"],
    [/^(.+), (\d+)\.(\d)KB$/, "$1, $2,$3\u00a0Ko"],
    [/^(.+), (\d+)\.(\d)MB$/, "$1, $2,$3\u00a0Mo"],
    [/^(\d+)\.(\d)KB$/, "$1,$2\u00a0Ko"],
    [/^(\d+)\.(\d)MB$/, "$1,$2\u00a0Mo"],
    [/^File must be (\d+)(?:\.0)?MB or smaller\.$/, "Ce fichier est trop gros\u00a0: $1\u00a0Mo au plus."],
    [/^(?:Err(?:or|eur)\s*:\s*)?AxiosError: Request failed with status code 413$/,
      "Ce fichier est trop gros pour être envoyé."],
    [/^(?:Err(?:or|eur)\s*:\s*)?AxiosError: Request failed with status code (\d+)$/,
      "Le fichier n’a pas pu être envoyé (code $1). Rechargez la page, puis recommencez."],
    [/^(?:Err(?:or|eur)\s*:\s*)?AxiosError: (?:Network Error|timeout.*|.*aborted)$/,
      "Le fichier n’a pas pu être envoyé\u00a0: la connexion a été coupée. Recommencez."],
    [/^(.+) files are not allowed\.$/, "Ce genre de fichier ($1) n’est pas accepté."],
    [/^You have requested page (.+), but no corresponding file was found.*$/, "La page $1 n’existe pas."]
  ]
};
