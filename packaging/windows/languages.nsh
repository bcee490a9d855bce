; What the installer says itself, in the program's languages; the rest comes with NSIS.
!macro speak LANGUAGE CLOSE FORGET
  LoadLanguageFile "${NSISDIR}\Contrib\Language files\${LANGUAGE}.nlf"
  LangString CloseFirst ${LANG_${LANGUAGE}} "${CLOSE}"
  LangString ForgetReports ${LANG_${LANGUAGE}} "${FORGET}"
!macroend

!insertmacro speak English "Is It Me? is still open. Please close it, then uninstall it again." \
  "Delete your saved reports and settings too?"
!insertmacro speak German "Is It Me? ist noch geöffnet. Bitte schließen Sie es und deinstallieren Sie es dann noch einmal." \
  "Auch Ihre gespeicherten Berichte und Einstellungen löschen?"
!insertmacro speak French "Is It Me? est encore ouvert. Fermez-le, puis désinstallez-le à nouveau." \
  "Supprimer aussi vos rapports enregistrés et vos réglages ?"
!insertmacro speak Spanish "Is It Me? sigue abierto. Ciérrelo y vuelva a desinstalarlo." \
  "¿Borrar también sus informes guardados y sus ajustes?"
!insertmacro speak PortugueseBR "O Is It Me? ainda está aberto. Feche-o e desinstale de novo." \
  "Apagar também os relatórios salvos e as configurações?"
!insertmacro speak Polish "Is It Me? jest jeszcze otwarty. Zamknij go i odinstaluj jeszcze raz." \
  "Usunąć także zapisane raporty i ustawienia?"
!insertmacro speak Ukrainian "Is It Me? ще відкрито. Закрийте його й видаліть ще раз." \
  "Видалити також ваші збережені звіти й налаштування?"
