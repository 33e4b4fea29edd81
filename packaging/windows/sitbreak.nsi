; The installer for Windows, for one user and without an administrator. On Windows, in the checkout:
;   py -3 packaging\frozen\build.py                                 makes dist\sitbreak
;   makensis -DVERSION=0.1.0 packaging\windows\sitbreak.nsi         makes dist\sitbreak-setup.exe
; NOT BUILT ON WINDOWS YET: compiled by makensis on Linux, and installed and removed under Wine with a stand-in for
; the program (tests/soak_install.py).
Target amd64-unicode
!include LogicLib.nsh
!include MUI2.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

!ifndef VERSION
  !define VERSION 0.0.0
!endif
!ifndef FROM
  !define FROM ..\..\dist\sitbreak
!endif
!ifndef TO
  !define TO ..\..\dist\sitbreak-setup.exe
!endif
; As desktop-notifier registers it: with it, notifications have the program's name and stay in the notification centre.
!define APP_ID sitbreak
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\sitbreak"

Name sitbreak
OutFile "${TO}"
InstallDir "$LOCALAPPDATA\Programs\sitbreak"
RequestExecutionLevel user
SetCompressor /SOLID lzma

!define MUI_FINISHPAGE_RUN "$INSTDIR\sitbreakw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "run --window"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; Gives the shortcut in $R0 the AppUserModelID in $R1 (IPropertyStore::SetValue, which CreateShortcut does not know).
Function NameShortcut
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
    ${If} $1 P<> 0
    ${AndIf} $2 P<> 0
      ${IPersistFile::Load} $1 '(R0,${STGM_READWRITE})'
      System::Call 'OLEAUT32::SysAllocString(w R1)p.r3'
      System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r4'
      System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,p r3)p.r5'
      ${IPropertyStore::SetValue} $2 '($4,$5)'
      ${IPropertyStore::Commit} $2 ''
      ${IPersistFile::Save} $1 '(R0,1)'
      System::Call 'OLEAUT32::SysFreeString(p r3)'
      System::Free $4
      System::Free $5
    ${EndIf}
    ${IUnknown::Release} $2 ""
    ${IUnknown::Release} $1 ""
    ${IUnknown::Release} $0 ""
  ${EndIf}
FunctionEnd

Section
  ExecWait '"$INSTDIR\sitbreak.exe" stop'
  RMDir /r "$INSTDIR\lib"
  SetOutPath "$INSTDIR"
  File /r "${FROM}\*"
  StrCpy $R0 "$SMPROGRAMS\sitbreak.lnk"
  StrCpy $R1 ${APP_ID}
  CreateShortcut "$R0" "$INSTDIR\sitbreakw.exe" "run --window"
  Call NameShortcut
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${UNINSTALL}" DisplayName sitbreak
  WriteRegStr HKCU "${UNINSTALL}" DisplayVersion ${VERSION}
  WriteRegStr HKCU "${UNINSTALL}" DisplayIcon "$INSTDIR\sitbreakw.exe"
  WriteRegStr HKCU "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe"'
SectionEnd

; Settings and history stay; `sitbreak forget --all` before this removes the history.
Section Uninstall
  ExecWait '"$INSTDIR\sitbreak.exe" stop'
  ExecWait '"$INSTDIR\sitbreak.exe" autostart off'
  Delete "$SMPROGRAMS\sitbreak.lnk"
  DeleteRegKey HKCU "Software\Classes\AppUserModelId\${APP_ID}"
  DeleteRegKey HKCU "${UNINSTALL}"
  RMDir /r "$INSTDIR\lib"
  Delete "$INSTDIR\sitbreak.exe"
  Delete "$INSTDIR\sitbreakw.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
