; The installer: for one user, without an administrator and without questions. It closes by itself and starts the program.
; Defines from package.sh: VERSION, FOLDER with the programs, SETUP to write.
Target amd64-unicode
Unicode true
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off ; or the same programs would give another installer each time

!include LogicLib.nsh
!include FileFunc.nsh

!define NAME "Is It Me?"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\IsItMe"

Name "${NAME}"
OutFile "${SETUP}"
InstallDir "$LOCALAPPDATA\Programs\IsItMe"
Icon "${FOLDER}/mark.ico"
UninstallIcon "${FOLDER}/mark.ico"
BrandingText " "
AutoCloseWindow true
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "${NAME} Setup"
VIAddVersionKey LegalCopyright "BSD 3-Clause License"

Page instfiles
UninstPage uninstConfirm
UninstPage instfiles
!include "packaging/windows/languages.nsh"

Section
  SetOutPath "$INSTDIR"
  File "${FOLDER}/IsItMe.exe"
  File "${FOLDER}/isitme-cli.exe"
  File "LICENSE"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ; A shortcut's name cannot hold a question mark.
  CreateShortcut "$SMPROGRAMS\Is It Me.lnk" "$INSTDIR\IsItMe.exe"

  WriteRegStr HKCU "${UNINSTALL}" DisplayName "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" DisplayVersion "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" DisplayIcon "$INSTDIR\IsItMe.exe"
  WriteRegStr HKCU "${UNINSTALL}" Publisher "The Is It Me? authors"
  WriteRegStr HKCU "${UNINSTALL}" InstallLocation "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" NoModify 1
  WriteRegDWORD HKCU "${UNINSTALL}" NoRepair 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" EstimatedSize $0
SectionEnd

Function .onInstSuccess
  ${IfNot} ${Silent}
    Exec '"$INSTDIR\IsItMe.exe"'
  ${EndIf}
FunctionEnd

Section Uninstall
  ClearErrors
  Delete "$INSTDIR\IsItMe.exe"
  ${If} ${Errors} ; it is running
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(CloseFirst)" /SD IDOK
    Abort
  ${EndIf}
  Delete "$INSTDIR\isitme-cli.exe"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir "$LOCALAPPDATA\Programs" ; only if nothing else is in it
  Delete "$SMPROGRAMS\Is It Me.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall"

  ${If} ${FileExists} "$LOCALAPPDATA\IsItMe\*.*"
  ${OrIf} ${FileExists} "$APPDATA\fyne\io.github.isitme.app\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION "$(ForgetReports)" /SD IDYES IDNO kept
    RMDir /r "$LOCALAPPDATA\IsItMe"
    RMDir /r "$APPDATA\fyne\io.github.isitme.app"
    RMDir "$APPDATA\fyne"
    kept:
  ${EndIf}
SectionEnd
